"""Grants to call shops' APIs, which expire and are renewed."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "shop_tokens",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("shop_id", KEY, nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("granted_at", INSTANT, nullable=False),
        sa.Column("keep_at", INSTANT, nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("fault", KEY, nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_shop_tokens_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "shop_id", name=op.f("pk_shop_tokens")),
    )
    op.create_index("ix_shop_tokens_keep", "shop_tokens", ["merchant_id", "keep_at"])


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_shop_tokens_keep", table_name="shop_tokens")
    op.drop_table("shop_tokens")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
