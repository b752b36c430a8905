"""What a shop sells, as its catalogue was last seen; order lines carry their own copy."""

from sqlalchemy import Column, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata

products = Table(
    "products",
    metadata,
    merchant_id(),
    Column("shop_id", Key, primary_key=True),
    Column("external_id", Key, primary_key=True),
    Column("parent_id", Key),
    Column("updated_at", Instant),
    Column("document", Blob, nullable=False),
    belongs_to("shops", "shop_id"),
)
"""Variations are rows of their own, `parent_id` set; `document` is the product without its keys, nothing personal."""
