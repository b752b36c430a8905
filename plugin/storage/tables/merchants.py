"""Tenants, the data key of each, and their shops."""

from sqlalchemy import Boolean, Column, Index, Table, Text, UniqueConstraint

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import merchant_id, metadata, of_merchant, own_id

merchants = Table(
    "merchants",
    metadata,
    merchant_id(),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)

merchant_keys = Table(
    "merchant_keys",
    metadata,
    merchant_id(),
    Column("key_id", Key, nullable=False),
    Column("wrapped_key", Blob, nullable=False),
    of_merchant(),
)
"""One data key per merchant, for what belongs to no person: inbox, parked records, mails, staff, search hashes."""

shops = Table(
    "shops",
    metadata,
    merchant_id(),
    own_id(),
    Column("name", Key, nullable=False),
    Column("platform", Key, nullable=False),
    Column("key", Key, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("is_demo", Boolean, nullable=False),
    Column("address", Key),
    Column("withdrawal_since", Instant),
    Column("companion_since", Instant),
    Column("delivered_statuses", Text),
    of_merchant(),
    UniqueConstraint("merchant_id", "name"),
)
"""`address` is where the platform has proved the shop to be, None for one that came from a file.
`withdrawal_since` is when its withdrawal function was switched on, None while it is off;
`companion_since` when its companion plugin was connected, which that plugin's secret is made from;
`delivered_statuses` what it calls orders that have arrived, with blanks between."""

Index("ix_shops_address", shops.c.platform, shops.c.address, unique=True)
