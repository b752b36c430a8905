"""Claims by when they changed, for what has to follow them."""

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
INDEX, COLUMNS = "ix_claims_changed", ["merchant_id", "changed_at", "id"]


def upgrade() -> None:
    set_lock_timeout()
    op.create_index(INDEX, "claims", COLUMNS)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index(INDEX, table_name="claims")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
