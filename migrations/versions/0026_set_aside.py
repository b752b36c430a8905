"""Declarations that a manager took off the desk, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("declarations", sa.Column("aside_at", INSTANT, nullable=True))
    op.add_column("declarations", sa.Column("aside_by", KEY, nullable=True))
    op.add_column("declarations", sa.Column("aside_reason", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    set_lock_timeout()
    for column in ("aside_reason", "aside_by", "aside_at"):
        op.drop_column("declarations", column)


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
