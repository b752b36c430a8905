"""Alerts about parcels, when each parcel is looked at again, and what the merchant wants of alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

LOCK_TIMEOUT = "5s"
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    set_lock_timeout()
    op.create_table(
        "alerts",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        *(sa.Column(name, KEY, nullable=False) for name in ("shipment_id", "order_id", "person_id", "kind")),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("needs_attention", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        _belongs_to("alerts", "shipments", "shipment_id"),
        _belongs_to("alerts", "orders", "order_id"),
        _belongs_to("alerts", "people", "person_id"),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_alerts")),
    )
    for name in ("shipment", "order", "person"):
        op.create_index(f"ix_alerts_{name}", "alerts", ["merchant_id", f"{name}_id"])
    raised = ["merchant_id", "raised_at", "id"]
    op.create_index("ix_alerts_raised", "alerts", raised)
    is_waiting = sa.text("needs_attention IS 1"), sa.text("needs_attention IS true")
    op.create_index("ix_alerts_waiting", "alerts", raised, sqlite_where=is_waiting[0], postgresql_where=is_waiting[1])
    op.create_table(
        "alert_watches",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("shipment_id", KEY, nullable=False),
        sa.Column("look_at", INSTANT, nullable=False),
        _belongs_to("alert_watches", "shipments", "shipment_id"),
        sa.PrimaryKeyConstraint("merchant_id", "shipment_id", name=op.f("pk_alert_watches")),
    )
    op.create_index("ix_alert_watches_due", "alert_watches", ["merchant_id", "look_at"])
    op.create_table(
        "alert_settings",
        sa.Column("merchant_id", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.merchant_id"], name=op.f("fk_alert_settings_merchants")),
        sa.PrimaryKeyConstraint("merchant_id", name=op.f("pk_alert_settings")),
    )


def downgrade() -> None:
    set_lock_timeout()
    op.drop_table("alert_settings")
    op.drop_index("ix_alert_watches_due", table_name="alert_watches")
    op.drop_table("alert_watches")
    for name in ("waiting", "raised", "person", "order", "shipment"):
        op.drop_index(f"ix_alerts_{name}", table_name="alerts")
    op.drop_table("alerts")


def _belongs_to(table: str, other: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["merchant_id", column], [f"{other}.merchant_id", f"{other}.id"], name=op.f(f"fk_{table}_{other}")
    )


def set_lock_timeout() -> None:
    """Give up soon instead of queueing every reader behind a lock that does not come (PostgreSQL)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
