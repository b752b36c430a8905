"""Parcels by when they were sent, for carriers' scores."""

from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"


def upgrade() -> None:
    set_lock_timeout()
    op.create_index("ix_shipments_shipped", "shipments", ["merchant_id", "shipped_at", "id"])


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_shipments_shipped", table_name="shipments")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
