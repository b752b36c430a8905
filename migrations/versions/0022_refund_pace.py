"""How long a claim's money took from its grant until it was paid."""

import sqlalchemy as sa
from alembic import op

from plugin.storage.column_types import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("claims", sa.Column("refunded_at", Instant(), nullable=True))
    op.add_column("claims", sa.Column("refund_seconds", sa.Integer(), nullable=True))
    op.create_index(
        "ix_claims_refunded",
        "claims",
        ["merchant_id", "refunded_at", "refund_seconds"],
        sqlite_where=sa.text("refunded_at IS NOT NULL"),
        postgresql_where=sa.text("refunded_at IS NOT NULL"),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_claims_refunded", table_name="claims")
    for column in ("refund_seconds", "refunded_at"):
        op.drop_column("claims", column)


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
