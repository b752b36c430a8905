"""What is told of a parcel since its story was sealed, and the gist of it; null: the story is opened once more.

A release before this one knows neither: it hears what stands in `told_since` once more, and writes `told` whole, which
the gist then does not fit any more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("shipments", sa.Column("told_since", sa.LargeBinary(), nullable=True))
    op.add_column("shipments", sa.Column("gist", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    set_lock_timeout()
    op.drop_column("shipments", "gist")
    op.drop_column("shipments", "told_since")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
