"""What each lane of parcels comes to."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "lanes",
        *(sa.Column(name, KEY, nullable=False) for name in ("merchant_id", "name")),
        sa.Column("shop_id", KEY, nullable=True),
        sa.Column("begun", KEY, nullable=False),
        *(sa.Column(name, KEY, nullable=True) for name in ("carrier", "origin")),
        sa.Column("destination", KEY, nullable=False),
        sa.Column("service", KEY, nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("first_days", "last_days", "deliveries")),
        sa.Column("is_six_day", sa.Boolean(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "shop_id"], ["shops.merchant_id", "shops.id"], name=op.f("fk_lanes_shops")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "name", name=op.f("pk_lanes")),
    )
    op.create_index("ix_shipments_delivered", "shipments", ["merchant_id", "delivered_at", "id"])


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_shipments_delivered", table_name="shipments")
    op.drop_table("lanes")


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
