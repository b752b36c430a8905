"""Which statuses of its own a shop gives to orders that have arrived."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("shops", sa.Column("delivered_statuses", sa.Text(), nullable=True))


def downgrade() -> None:
    set_lock_timeout()
    op.drop_column("shops", "delivered_statuses")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
