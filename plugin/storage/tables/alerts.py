"""Alerts about parcels, when each parcel is looked at again by the clock, and what the merchant wants of alerts."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, of_merchant, own_id, whose_turn

alerts = Table(
    "alerts",
    metadata,
    merchant_id(),
    own_id(),
    Column("shipment_id", Key, nullable=False),
    Column("order_id", Key, nullable=False),
    Column("person_id", Key, nullable=False),
    Column("kind", Key, nullable=False),
    Column("raised_at", Instant, nullable=False),
    Column("needs_attention", Boolean, nullable=False),
    Column("promised", BigInteger),
    Column("promised_in", Key),
    Column("version", Integer, nullable=False),
    Column("record", Blob, nullable=False),
    Column("address", Blob),
    belongs_to("shipments", "shipment_id"),
    belongs_to("orders", "order_id"),
    belongs_to("people", "person_id"),
)
"""`promised`: the voucher that can still be taken, in minor units. `address`: where the shopper wants the parcel to go
instead, sealed under their key. `record`: all the rest.
"""

alert_watches = Table(
    "alert_watches",
    metadata,
    merchant_id(),
    Column("shipment_id", Key, primary_key=True),
    Column("look_at", Instant, nullable=False),
    belongs_to("shipments", "shipment_id"),
)

alert_settings = Table(
    "alert_settings",
    metadata,
    merchant_id(),
    Column("content", Blob, nullable=False),
    Column("saved_at", Instant, nullable=False),
    of_merchant(),
)

Index("ix_alerts_shipment", alerts.c.merchant_id, alerts.c.shipment_id)
Index("ix_alerts_order", alerts.c.merchant_id, alerts.c.order_id)
Index("ix_alerts_person", alerts.c.merchant_id, alerts.c.person_id)
Index("ix_alerts_raised", alerts.c.merchant_id, alerts.c.raised_at, alerts.c.id)
Index(
    "ix_alerts_waiting",
    alerts.c.merchant_id,
    alerts.c.raised_at,
    alerts.c.id,
    sqlite_where=alerts.c.needs_attention.is_(True),
    postgresql_where=alerts.c.needs_attention.is_(True),
)
Index(
    "ix_alerts_promised",
    alerts.c.merchant_id,
    alerts.c.promised_in,
    sqlite_where=alerts.c.promised_in.is_not(None),
    postgresql_where=alerts.c.promised_in.is_not(None),
)
Index("ix_alert_watches_due", alert_watches.c.merchant_id, alert_watches.c.look_at)
whose_turn(alert_watches, "look_at")
