"""What is known of each shop's webhooks."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "shop_hooks",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("hooks", sa.Text(), nullable=False),
        sa.Column("checked_at", INSTANT, nullable=True),
        sa.Column("fault", KEY, nullable=True),
        sa.Column("fault_detail", sa.Text(), nullable=True),
        sa.Column("heard_at", INSTANT, nullable=True),
        sa.Column("delay_seconds", sa.Integer(), nullable=True),
        sa.Column("swept_at", INSTANT, nullable=True),
        sa.Column("mended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_shop_hooks_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "shop_id", name=op.f("pk_shop_hooks")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("shop_hooks")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
