"""Labels of goods on their way back, and what a merchant has set for returns."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
INDEXES = {
    "ix_labels_claim": ["merchant_id", "claim_id"],
    "ix_labels_due": ["merchant_id", "due_at"],
    "ix_labels_state": ["merchant_id", "state", "valid_until"],
    "ix_labels_order": ["merchant_id", "order_id"],
    "ix_labels_dropped": ["merchant_id", "is_dropped"],
}


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "labels",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("claim_id", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("source", KEY, nullable=False),
        sa.Column("parcel", KEY, nullable=False),
        sa.Column("live_parcel", KEY, nullable=True),
        sa.Column("replaces", KEY, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.Column("object", KEY, nullable=True),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id", "order_id"], ["orders.merchant_id", "orders.id"], name=op.f("fk_labels_orders")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_labels")),
        sa.UniqueConstraint("merchant_id", "live_parcel", name=op.f("uq_labels_merchant_id_live_parcel")),
        sa.UniqueConstraint("merchant_id", "replaces", name=op.f("uq_labels_merchant_id_replaces")),
    )
    for name, columns in INDEXES.items():
        op.create_index(name, "labels", columns, unique=False)
    op.create_table(
        "return_settings",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("points", sa.LargeBinary(), nullable=True),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_return_settings_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_return_settings")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("return_settings")
    for name in INDEXES:
        op.drop_index(name, table_name="labels")
    op.drop_table("labels")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
