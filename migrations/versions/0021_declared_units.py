"""Which units of an order a part is that was typed in a declaration of withdrawal."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"


def upgrade() -> None:
    set_lock_timeout()
    op.add_column("declarations", sa.Column("is_to_be_read", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("declarations", sa.Column("units", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    set_lock_timeout()
    for column in ("units", "is_to_be_read"):
        op.drop_column("declarations", column)


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
