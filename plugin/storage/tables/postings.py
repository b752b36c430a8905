"""Promises written into shops' own platforms: how far that has come, and by digest what stands where."""

from sqlalchemy import Column, Integer, Table, Text

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata

postings = Table(
    "postings",
    metadata,
    merchant_id(),
    Column("shop_id", Key, primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("board", Text, nullable=False),
    Column("asked_at", Instant),
    Column("posted_at", Instant),
    Column("policy", Key),
    Column("places", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("refusal", Text),
    Column("failures", Integer, nullable=False),
    Column("fault", Key),
    Column("fault_detail", Text),
    Column("leased_until", Instant),
    belongs_to("shops", "shop_id"),
)

posted_promises = Table(
    "posted_promises",
    metadata,
    merchant_id(),
    Column("shop_id", Key, primary_key=True),
    Column("owner", Key, primary_key=True),
    Column("key", Key, primary_key=True),
    Column("digest", Blob, nullable=False),
    Column("at", Instant, nullable=False),
    Column("refusal", Text),
    belongs_to("shops", "shop_id"),
)
"""`owner` is a product's external id, empty for the shop as a whole."""
