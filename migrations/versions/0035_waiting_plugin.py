"""Under which name a shop's plugin waits to be let in once the shop has handed out its keys."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("key_requests", sa.Column("companion", sa.Text(), nullable=True))


def downgrade() -> None:
    set_lock_timeout()
    op.drop_column("key_requests", "companion")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
