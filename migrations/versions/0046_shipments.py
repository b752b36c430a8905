"""Parcels that are followed."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "shipments",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in ("shop_id", "order_id", "person_id", "purpose")),
        *(sa.Column(name, KEY, nullable=False) for name in ("belongs_to", "sent_as")),
        *(sa.Column(name, KEY, nullable=True) for name in ("carrier", "service", "origin", "destination")),
        sa.Column("status", KEY, nullable=False),
        *(sa.Column(name, INSTANT, nullable=True) for name in ("since", "last_scan", "delivered_at")),
        sa.Column("delivered_source", KEY, nullable=True),
        sa.Column("shipped_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("expected_first", "expected_last")),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("first_expected_first", "first_expected_last")),
        *(sa.Column(name, INSTANT, nullable=True) for name in ("next_at", "leased_until")),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=True),
        *(_belongs_to("shipments", *target) for target in (("shops", "shop_id"), ("orders", "order_id"))),
        _belongs_to("shipments", "people", "person_id"),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_shipments")),
        sa.UniqueConstraint(
            "merchant_id",
            "order_id",
            "purpose",
            "belongs_to",
            "sent_as",
            name=op.f("uq_shipments_merchant_id_order_id_purpose_belongs_to_sent_as"),
        ),
    )
    op.create_index("ix_shipments_order", "shipments", ["merchant_id", "order_id"])
    op.create_index("ix_shipments_person", "shipments", ["merchant_id", "person_id"])
    op.create_index("ix_shipments_created", "shipments", ["merchant_id", "created_at", "id"])
    op.create_index("ix_shipments_status", "shipments", ["merchant_id", "status", "since"])
    is_due = sa.text("next_at IS NOT NULL")
    op.create_index("ix_shipments_due", "shipments", ["next_at"], sqlite_where=is_due, postgresql_where=is_due)
    op.create_table(
        "shipment_numbers",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("shipment_id", KEY, nullable=False),
        _belongs_to("shipment_numbers", "shipments", "shipment_id"),
        sa.PrimaryKeyConstraint("merchant_id", "number", "shipment_id", name=op.f("pk_shipment_numbers")),
    )
    op.create_index("ix_shipment_numbers_shipment", "shipment_numbers", ["merchant_id", "shipment_id"])


def downgrade() -> None:
    set_lock_timeout()
    op.drop_index("ix_shipment_numbers_shipment", table_name="shipment_numbers")
    op.drop_table("shipment_numbers")
    for name in ("due", "status", "created", "person", "order"):
        op.drop_index(f"ix_shipments_{name}", table_name="shipments")
    op.drop_table("shipments")


def _belongs_to(table: str, other: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["merchant_id", column], [f"{other}.merchant_id", f"{other}.id"], name=op.f(f"fk_{table}_{other}")
    )


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
