"""Refunds of ours: their state, their allocations, and where they are paid to."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
INDEXES = {
    "ix_refund_intents_purpose": ["merchant_id", "purpose"],
    "ix_refund_intents_state": ["merchant_id", "state", "changed_at"],
    "ix_refund_intents_due": ["merchant_id", "due_at"],
}


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "refund_intents",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("purpose", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("code", KEY, nullable=True),
        sa.Column("platform_refund", KEY, nullable=True),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", KEY, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("payee", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "order_id"], ["orders.merchant_id", "orders.id"], name=op.f("fk_refund_intents_orders")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_refund_intents")),
        sa.UniqueConstraint(
            *("merchant_id", "order_id", "platform_refund"),
            name=op.f("uq_refund_intents_merchant_id_order_id_platform_refund"),
        ),
    )
    for name, columns in INDEXES.items():
        op.create_index(name, "refund_intents", columns, unique=False)


def downgrade() -> None:
    set_lock_timeout()
    for name in INDEXES:
        op.drop_index(name, table_name="refund_intents")
    op.drop_table("refund_intents")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
