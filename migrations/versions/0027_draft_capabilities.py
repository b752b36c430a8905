"""What the platform can do with the order that a claim is being written about."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("claim_drafts", sa.Column("capabilities", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    set_lock_timeout()
    op.drop_column("claim_drafts", "capabilities")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
