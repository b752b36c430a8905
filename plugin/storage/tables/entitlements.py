"""Stored projections: instants, inputs and versions of every clock, never a state."""

from sqlalchemy import Column, Date, Index, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata

projections = Table(
    "projections",
    metadata,
    merchant_id(),
    Column("order_id", Key, primary_key=True),
    Column("lines", Blob, nullable=False),
    Column("law", Key),
    belongs_to("orders", "order_id"),
)
"""The whole projection of an order, traces included; compressed together, because clocks repeat each other. `law` names
the rulebook and calendar it was computed from, None for an order without lines."""

Index("ix_projections_law", projections.c.merchant_id, projections.c.law, projections.c.order_id)

entitlements = Table(
    "entitlements",
    metadata,
    merchant_id(),
    Column("order_id", Key, primary_key=True),
    Column("line_id", Key, primary_key=True),
    Column("right", Key, primary_key=True),
    Column("starts_at", Instant),
    Column("source", Key),
    Column("event_day", Date),
    Column("last_day", Date),
    Column("closes_at", Instant),
    Column("absent", Key),
    Column("rulebook_version", Key, nullable=False),
    Column("calendar_version", Key, nullable=False),
    Column("policy_version", Key),
    belongs_to("orders", "order_id"),
    sqlite_with_rowid=False,
)
"""One row per order, line and right: what lists, reminders and reports select by."""

Index("ix_entitlements_closing", entitlements.c.merchant_id, entitlements.c.closes_at, entitlements.c.order_id)
