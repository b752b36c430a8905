"""Stored projections: one row per order, line and right; instants, inputs and versions, never a state."""

from sqlalchemy import Column, Date, Index, Integer, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata

entitlements = Table(
    "entitlements",
    metadata,
    merchant_id(),
    Column("order_id", Key, primary_key=True),
    Column("line_id", Key, primary_key=True),
    Column("right", Key, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("starts_at", Instant),
    Column("source", Key),
    Column("event_day", Date),
    Column("last_day", Date),
    Column("closes_at", Instant),
    Column("absent", Key),
    Column("rulebook_version", Key, nullable=False),
    Column("calendar_version", Key, nullable=False),
    Column("policy_version", Key),
    Column("zone", Key),
    Column("clock", Blob, nullable=False),
    belongs_to("orders", "order_id"),
)
"""`clock` is the whole clock with its trace; `position` keeps the order of lines and clocks."""

Index("ix_entitlements_closing", entitlements.c.merchant_id, entitlements.c.closes_at, entitlements.c.order_id)
