"""What a shop sells, as its catalogue was last seen; order lines carry their own copy."""

from sqlalchemy import Column, Index, Table

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

Index("ix_products_parent", products.c.merchant_id, products.c.shop_id, products.c.parent_id)

product_promises = Table(
    "product_promises",
    metadata,
    merchant_id(),
    Column("shop_id", Key, primary_key=True),
    Column("external_id", Key, primary_key=True),
    Column("market", Key, primary_key=True),
    Column("class_id", Key, nullable=False),
    Column("version", Key, nullable=False),
    belongs_to("products", "shop_id", "external_id"),
    sqlite_with_rowid=False,
)
"""The promise class of a product in each market of the policy version it was compiled under."""

Index(
    "ix_product_promises_class",
    product_promises.c.merchant_id,
    product_promises.c.shop_id,
    product_promises.c.version,
    product_promises.c.market,
    product_promises.c.class_id,
    product_promises.c.external_id,
)
