"""Batches that hubs send on, and the parcels in them."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "hub_batches",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("hub_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("open_hub", KEY, nullable=True),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_hub_batches_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_hub_batches")),
        sa.UniqueConstraint("merchant_id", "hub_id", "number", name=op.f("uq_hub_batches_merchant_id_hub_id_number")),
        sa.UniqueConstraint("merchant_id", "open_hub", name=op.f("uq_hub_batches_merchant_id_open_hub")),
    )
    op.create_index("ix_hub_batches_opened", "hub_batches", ["merchant_id", "opened_at"], unique=False)
    op.create_table(
        "hub_parcels",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("batch_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("claim_id", KEY, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("grams", sa.BigInteger(), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            *(["merchant_id", "batch_id"], ["hub_batches.merchant_id", "hub_batches.id"]),
            name=op.f("fk_hub_parcels_hub_batches"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "order_id"], ["orders.merchant_id", "orders.id"], name=op.f("fk_hub_parcels_orders")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "key", name=op.f("pk_hub_parcels")),
    )
    op.create_index("ix_hub_parcels_batch", "hub_parcels", ["merchant_id", "batch_id", "position"], unique=False)
    op.create_index("ix_hub_parcels_claim", "hub_parcels", ["merchant_id", "claim_id"], unique=False)


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_hub_parcels_claim", table_name="hub_parcels")
    op.drop_index("ix_hub_parcels_batch", table_name="hub_parcels")
    op.drop_table("hub_parcels")
    op.drop_index("ix_hub_batches_opened", table_name="hub_batches")
    op.drop_table("hub_batches")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
