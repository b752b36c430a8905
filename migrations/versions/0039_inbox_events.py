"""What the same event is called in several deliveries of it."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INDEX, COLUMNS = "ix_inbox_event", ["merchant_id", "shop_id", "event_key"]


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("inbox", sa.Column("event_key", KEY, nullable=True))
    op.create_index(INDEX, "inbox", COLUMNS, unique=True)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index(INDEX, table_name="inbox")
    op.drop_column("inbox", "event_key")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
