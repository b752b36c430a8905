"""What pages inside a platform's admin need kept for want of cookies, and what staff say of a shop's setup."""

from sqlalchemy import Boolean, Column, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata

left_notices = Table(
    "left_notices",
    metadata,
    merchant_id(),
    Column("staff_id", Key, primary_key=True),
    Column("name", Key, primary_key=True),
    Column("left_at", Instant, nullable=False),
    Column("is_told", Boolean, nullable=False),
    Column("has_undo", Boolean, nullable=False),
    Column("content", Blob, nullable=False),
    belongs_to("staff", "staff_id"),
)
"""`content` is sealed."""

setup_words = Table(
    "setup_words",
    metadata,
    merchant_id(),
    Column("shop_id", Key, primary_key=True),
    Column("step", Key, primary_key=True),
    Column("said", Key, nullable=False),
    Column("staff_id", Key, nullable=False),
    Column("said_at", Instant, nullable=False),
    belongs_to("shops", "shop_id"),
    belongs_to("staff", "staff_id"),
)
