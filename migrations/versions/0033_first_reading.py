"""How far the first reading of a shop is."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("connections", sa.Column("first_reading", sa.Text(), nullable=True))


def downgrade() -> None:
    set_lock_timeout()
    op.drop_column("connections", "first_reading")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
