"""In which zone a claim's days are counted, and when the day begins on which it is due."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Nobody is kept from their claims while they are filled in: `aftercare rebuild` does that, or their next step."""
    set_lock_timeout()
    op.add_column("claims", sa.Column("zone", KEY, nullable=True))
    op.add_column("claims", sa.Column("due_day_at", INSTANT, nullable=True))


def downgrade() -> None:
    set_lock_timeout()
    for column in ("due_day_at", "zone"):
        op.drop_column("claims", column)


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
