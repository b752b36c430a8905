"""What each lane comes to, made anew every night: how many delivery days its parcels take."""

from sqlalchemy import Boolean, Column, Date, Integer, Table

from plugin.storage.column_types import Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata

lanes = Table(
    "lanes",
    metadata,
    merchant_id(),
    Column("name", Key, primary_key=True),
    Column("shop_id", Key),
    Column("begun", Key, nullable=False),
    Column("carrier", Key),
    Column("origin", Key),
    Column("destination", Key, nullable=False),
    Column("service", Key),
    Column("first_days", Integer, nullable=False),
    Column("last_days", Integer, nullable=False),
    Column("deliveries", Integer, nullable=False),
    Column("is_six_day", Boolean, nullable=False),
    Column("made_on", Date, nullable=False),
    belongs_to("shops", "shop_id"),
)
"""`name` is the lane's parts as a JSON array: keys may not be null."""
