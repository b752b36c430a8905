"""Who each merchant's mail comes from: sealed, with the server's password."""

from sqlalchemy import Column, Table

from plugin.storage.column_types import Blob, Instant
from plugin.storage.tables.metadata import merchant_id, metadata, of_merchant

senders = Table(
    "senders",
    metadata,
    merchant_id(),
    Column("content", Blob),
    Column("saved_at", Instant),
    Column("tested_at", Instant),
    of_merchant(),
)
"""`content` is None for the installation's sender; `tested_at` is when a test mail left by this one."""
