"""How long a merchant keeps what, what was let go when, and legal holds."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "retention_settings",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_retention_settings_merchants")
        ),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_retention_settings")),
    )
    op.create_table(
        "retention_runs",
        *(sa.Column(name, KEY, nullable=False) for name in ("merchant_id", "day", "kept")),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_retention_runs_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", "day", "kept", name=op.f("pk_retention_runs")),
    )
    op.create_table(
        "legal_holds",
        *(sa.Column(name, KEY, nullable=False) for name in ("merchant_id", "order_id")),
        sa.Column("held_at", INSTANT, nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "order_id"], ["orders.merchant_id", "orders.id"], name=op.f("fk_legal_holds_orders")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "order_id", name=op.f("pk_legal_holds")),
    )


def downgrade() -> None:
    set_lock_timeout()
    for table in ("legal_holds", "retention_runs", "retention_settings"):
        op.drop_table(table)


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
