"""Shops that were let go."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "disconnections",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("key_ending", sa.Text(), nullable=False),
        sa.Column("credentials", sa.LargeBinary(), nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fault", KEY, nullable=True),
        sa.Column("fault_detail", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_disconnections_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "shop_id", name=op.f("pk_disconnections")),
    )
    op.create_index("ix_disconnections_due", "disconnections", ["merchant_id", "due_at"], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_disconnections_due", table_name="disconnections")
    op.drop_table("disconnections")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
