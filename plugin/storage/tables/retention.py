"""How long a merchant keeps what, what was let go when, and which orders nothing is let go of."""

from sqlalchemy import BigInteger, Column, Table, Text

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, of_merchant

retention_settings = Table(
    "retention_settings",
    metadata,
    merchant_id(),
    Column("days", Text, nullable=False),
    Column("saved_at", Instant, nullable=False),
    of_merchant(),
)
"""`days`: by class, as JSON; only what is not as usual."""

retention_runs = Table(
    "retention_runs",
    metadata,
    merchant_id(),
    Column("day", Key, primary_key=True),
    Column("kept", Key, primary_key=True),
    Column("count", BigInteger, nullable=False),
    of_merchant(),
)
"""What was let go on a day (UTC), counted by class; nothing tells whose."""

legal_holds = Table(
    "legal_holds",
    metadata,
    merchant_id(),
    Column("order_id", Key, primary_key=True),
    Column("held_at", Instant, nullable=False),
    Column("reason", Blob, nullable=False),
    belongs_to("orders", "order_id"),
)
"""`reason` is sealed under the merchant's key."""
