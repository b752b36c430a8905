"""How far the platform's own returns follow the claims."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "kept_returns",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("claim_id", KEY, nullable=False),
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "claim_id"], ["claims.merchant_id", "claims.id"], name=op.f("fk_kept_returns_claims")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "order_id"], ["orders.merchant_id", "orders.id"], name=op.f("fk_kept_returns_orders")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "claim_id", name=op.f("pk_kept_returns")),
    )
    op.create_index("ix_kept_returns_due", "kept_returns", ["merchant_id", "due_at"], unique=False)
    op.create_index("ix_kept_returns_order", "kept_returns", ["merchant_id", "order_id"], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_kept_returns_order", table_name="kept_returns")
    op.drop_index("ix_kept_returns_due", table_name="kept_returns")
    op.drop_table("kept_returns")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
