"""Keys that shops were asked for on their platform's page."""

from sqlalchemy import Column, Index, Integer, Table, Text

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, of_merchant, own_id, whose_turn

key_requests = Table(
    "key_requests",
    metadata,
    merchant_id(),
    own_id(),
    Column("address", Text, nullable=False),
    Column("name_hash", Blob, nullable=False),
    Column("asked_by", Key),
    Column("asked_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("state", Key, nullable=False),
    Column("keys", Blob),
    Column("due_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("fault", Key),
    Column("fault_detail", Text),
    Column("shop_id", Key),
    Column("companion", Text),
    of_merchant(),
    belongs_to("shops", "shop_id"),
)
"""`keys` is sealed, and forgotten once they are a connection's or refused; `due_at`: they are to be proved;
`companion`: the shop's plugin waits to be let in."""

Index("ix_key_requests_asked", key_requests.c.merchant_id, key_requests.c.asked_at)
Index("ix_key_requests_due", key_requests.c.merchant_id, key_requests.c.due_at)
whose_turn(key_requests, "due_at", key_requests.c.due_at.is_not(None))
