"""Shops that were let go: sealed keys until our webhooks there are gone, and how that ended."""

from sqlalchemy import Column, Index, Integer, Table, Text

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, whose_turn

disconnections = Table(
    "disconnections",
    metadata,
    merchant_id(),
    Column("shop_id", Key, primary_key=True),
    Column("began_at", Instant, nullable=False),
    Column("key_ending", Text, nullable=False),
    Column("credentials", Blob),
    Column("due_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("fault", Key),
    Column("fault_detail", Text),
    belongs_to("shops", "shop_id"),
)
"""`key_ending` is what the shop's own list of keys shows in plain; `due_at`: the shop is to be asked."""

Index("ix_disconnections_due", disconnections.c.merchant_id, disconnections.c.due_at)
whose_turn(disconnections, "due_at", disconnections.c.due_at.is_not(None))
