"""Whose turn it is can be asked once for all merchants: indexes across them, of what waits alone."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
WAITING: tuple[tuple[str, str, sa.ColumnElement[bool] | None], ...] = (
    ("refund_intents", "due_at", sa.text("due_at IS NOT NULL")),
    ("labels", "due_at", sa.text("state = 'requested'")),
    ("labels", "valid_until", sa.text("state = 'issued'")),
    ("labels", "changed_at", sa.text("state IN ('expired', 'closed') AND object IS NOT NULL")),
    ("labels", "is_dropped", sa.column("is_dropped", sa.Boolean()) == sa.true()),
    ("key_requests", "due_at", sa.text("due_at IS NOT NULL")),
    ("disconnections", "due_at", sa.text("due_at IS NOT NULL")),
    ("kept_returns", "due_at", sa.text("due_at IS NOT NULL")),
    ("claims", "wakes_at", sa.text("wakes_at IS NOT NULL")),
    ("connections", "fault", sa.text("fault IS NOT NULL")),
    ("data_requests", "asked_at", sa.text("handed_over_at IS NULL")),
    ("alert_watches", "look_at", None),
    ("policies", "effective_from", None),
)


def upgrade() -> None:
    set_lock_timeout()
    for table, column, only in WAITING:
        op.create_index(
            f"ix_{table}_{column}_of_all",
            table,
            [column, "merchant_id"],
            sqlite_where=only,
            postgresql_where=only,
        )


def downgrade() -> None:
    set_lock_timeout()
    for table, column, _only in WAITING:
        op.drop_index(f"ix_{table}_{column}_of_all", table_name=table)


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
