"""Live connections to the platforms: sealed keys, how far a shop has been read, and what went wrong last."""

from sqlalchemy import Column, Index, Integer, Table, Text

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, whose_turn

connections = Table(
    "connections",
    metadata,
    merchant_id(),
    Column("shop_id", Key, primary_key=True),
    Column("credentials", Blob, nullable=False),
    Column("connected_at", Instant, nullable=False),
    Column("read_until", Instant),
    Column("catalogue_at", Instant),
    Column("polled_at", Instant),
    Column("due_at", Instant),
    Column("leased_until", Instant),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Instant),
    Column("fault", Key),
    Column("fault_detail", Text),
    Column("first_reading", Text),
    belongs_to("shops", "shop_id"),
)
"""`due_at` is None while polling rests: the platform refused the keys, and the merchant has to replace them.

`first_reading`: how far it is, as JSON, while it is under way.
"""

Index("ix_connections_due", connections.c.due_at)
whose_turn(connections, "fault", connections.c.fault.is_not(None))
