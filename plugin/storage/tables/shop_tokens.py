"""Grants to call shops' APIs: the tokens sealed, how long they hold, and who is renewing them."""

from sqlalchemy import Column, Index, Integer, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata

shop_tokens = Table(
    "shop_tokens",
    metadata,
    merchant_id(),
    Column("shop_id", Key, primary_key=True),
    Column("token", Blob, nullable=False),
    Column("granted_at", Instant, nullable=False),
    Column("keep_at", Instant),
    Column("leased_until", Instant),
    Column("failures", Integer, nullable=False),
    Column("fault", Key),
    belongs_to("shops", "shop_id"),
)
"""`keep_at` is None while only a visit of the merchant helps."""

Index("ix_shop_tokens_keep", shop_tokens.c.merchant_id, shop_tokens.c.keep_at)
