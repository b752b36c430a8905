"""Whether shoppers say that a claim was solved."""

import sqlalchemy as sa
from alembic import op

from plugin.storage.column_types import Key

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("claims", sa.Column("survey", Key, nullable=True))


def downgrade() -> None:
    set_lock_timeout()
    op.drop_column("claims", "survey")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
