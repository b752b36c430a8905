"""With whom a parcel was sent, whoever has its last mile."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("shipments", sa.Column("sent_with", KEY, nullable=True))
    op.execute("UPDATE shipments SET sent_with = carrier")


def downgrade() -> None:
    set_lock_timeout()
    op.drop_column("shipments", "sent_with")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
