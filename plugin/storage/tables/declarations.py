"""Withdrawals as they were declared: when and about which order in the clear, the words sealed."""

from sqlalchemy import Boolean, Column, Index, Integer, Table, UniqueConstraint, false

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, own_id

declarations = Table(
    "declarations",
    metadata,
    merchant_id(),
    own_id(),
    Column("shop_id", Key, nullable=False),
    Column("person_id", Key, nullable=False),
    Column("form", Key, nullable=False),
    Column("caller", Blob),
    Column("received_at", Instant, nullable=False),
    Column("zone", Key, nullable=False),
    Column("language", Key, nullable=False),
    Column("country", Key),
    Column("order_id", Key),
    Column("proof", Key, nullable=False),
    Column("proven_at", Instant),
    Column("proven_by", Key),
    Column("version", Integer, nullable=False),
    Column("words", Blob),
    Column("reason", Blob),
    Column("is_to_be_read", Boolean, nullable=False, server_default=false()),
    Column("units", Blob),
    Column("aside_at", Instant),
    Column("aside_by", Key),
    Column("aside_reason", Blob),
    belongs_to("shops", "shop_id"),
    belongs_to("people", "person_id"),
    belongs_to("orders", "order_id"),
    UniqueConstraint("merchant_id", "form"),
)
"""`person_id` is whose address the acknowledgement goes to, not the order's shopper; `words` and the reasons are sealed
under that person's key. `caller` is a keyed digest of a network address. `is_to_be_read`: its part was
typed, and nobody has said yet which `units` of the order that is."""

Index("ix_declarations_person", declarations.c.merchant_id, declarations.c.person_id, declarations.c.received_at)
Index("ix_declarations_caller", declarations.c.merchant_id, declarations.c.caller, declarations.c.received_at)
Index("ix_declarations_order", declarations.c.merchant_id, declarations.c.order_id, declarations.c.received_at)
