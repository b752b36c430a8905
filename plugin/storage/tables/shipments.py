"""Parcels that are followed: flat columns for lists and statistics, what was told of each sealed apart."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, UniqueConstraint

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, own_id

shipments = Table(
    "shipments",
    metadata,
    merchant_id(),
    own_id(),
    Column("shop_id", Key, nullable=False),
    Column("order_id", Key, nullable=False),
    Column("person_id", Key, nullable=False),
    Column("purpose", Key, nullable=False),
    Column("belongs_to", Key, nullable=False),
    Column("sent_as", Key, nullable=False),
    Column("carrier", Key),
    Column("service", Key),
    Column("origin", Key),
    Column("destination", Key),
    Column("status", Key, nullable=False),
    Column("since", Instant),
    Column("last_scan", Instant),
    Column("delivered_at", Instant),
    Column("delivered_source", Key),
    Column("shipped_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("expected_first", Date),
    Column("expected_last", Date),
    Column("first_expected_first", Date),
    Column("first_expected_last", Date),
    Column("next_at", Instant),
    Column("leased_until", Instant),
    Column("is_void", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("record", Blob, nullable=False),
    Column("told", Blob),
    Column("sent_with", Key),
    Column("told_since", Blob),
    Column("gist", Blob),
    belongs_to("shops", "shop_id"),
    belongs_to("orders", "order_id"),
    belongs_to("people", "person_id"),
    UniqueConstraint("merchant_id", "order_id", "purpose", "belongs_to", "sent_as"),
)
"""`told` and `told_since` are sealed under the person's key, and `gist` is what goes on from them has to know
(`plugin.storage.kept_told`); all null once they were erased. `record` is all the rest.

`sent_as`: the number it was made for, so that two who follow the same order make one row. `sent_with` is the carrier of
the number it was sent under, `carrier` that of the last mile. `expected_*`: what is said now, `first_expected_*` what
was said first. Whoever counts leaves out `is_void`.
"""

shipment_numbers = Table(
    "shipment_numbers",
    metadata,
    merchant_id(),
    Column("number", Key, primary_key=True),
    Column("shipment_id", Key, primary_key=True),
    belongs_to("shipments", "shipment_id"),
)

Index("ix_shipments_order", shipments.c.merchant_id, shipments.c.order_id)
Index("ix_shipments_person", shipments.c.merchant_id, shipments.c.person_id)
Index("ix_shipments_created", shipments.c.merchant_id, shipments.c.created_at, shipments.c.id)
Index("ix_shipments_delivered", shipments.c.merchant_id, shipments.c.delivered_at, shipments.c.id)
Index("ix_shipments_shipped", shipments.c.merchant_id, shipments.c.shipped_at, shipments.c.id)
Index("ix_shipments_status", shipments.c.merchant_id, shipments.c.status, shipments.c.since)
Index(
    "ix_shipments_due",
    shipments.c.next_at,
    sqlite_where=shipments.c.next_at.is_not(None),
    postgresql_where=shipments.c.next_at.is_not(None),
)
Index("ix_shipment_numbers_shipment", shipment_numbers.c.merchant_id, shipment_numbers.c.shipment_id)
