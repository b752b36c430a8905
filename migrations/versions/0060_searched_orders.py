"""Orders are listed, filtered and searched through indexes that hold all it takes to put them in order."""

from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
BEFORE = {"placed": ("placed_at", "id"), "number": ("number_normalised",)}
AFTER = {
    "placed": ("placed_at", "id", "number_normalised"),
    "number": ("number_normalised", "placed_at", "id"),
    "shop": ("shop_id", "placed_at", "id"),
    "standing": ("standing", "placed_at", "id"),
}


def upgrade() -> None:
    replace(BEFORE, AFTER)


def downgrade() -> None:
    replace(AFTER, BEFORE)


def replace(gone: dict[str, tuple[str, ...]], new: dict[str, tuple[str, ...]]) -> None:
    set_lock_timeout()
    for name in gone:
        op.drop_index(f"ix_orders_{name}", table_name="orders")
    for name, columns in new.items():
        op.create_index(f"ix_orders_{name}", "orders", ["merchant_id", *columns])


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
