"""Vouchers in letters about parcels that can still be taken: they count into the budget."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INDEX = "ix_alerts_promised"


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("alerts", sa.Column("promised", sa.BigInteger(), nullable=True))
    op.add_column("alerts", sa.Column("promised_in", KEY, nullable=True))
    is_open = sa.text("promised_in IS NOT NULL")
    columns = ["merchant_id", "promised_in"]
    op.create_index(INDEX, "alerts", columns, sqlite_where=is_open, postgresql_where=is_open)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index(INDEX, table_name="alerts")
    op.drop_column("alerts", "promised_in")
    op.drop_column("alerts", "promised")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
