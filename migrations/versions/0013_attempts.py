"""Finding an order: attempts that are counted, and links that are wanted by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "attempts",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("what", KEY, nullable=False),
        sa.Column("who", sa.LargeBinary(), nullable=False),
        sa.Column("slot", INSTANT, autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_attempts_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", "what", "who", "slot", name=op.f("pk_attempts")),
    )
    op.create_index("ix_attempts_slot", "attempts", ["merchant_id", "slot"], unique=False)
    op.create_table(
        "link_requests",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_link_requests_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_link_requests")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("link_requests")
    op.drop_index("ix_attempts_slot", table_name="attempts")
    op.drop_table("attempts")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
