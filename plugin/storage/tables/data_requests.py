"""Requests for all that is kept about somebody; the files are objects elsewhere."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, own_id, whose_turn

data_requests = Table(
    "data_requests",
    metadata,
    merchant_id(),
    own_id(),
    Column("shop_id", Key, nullable=False),
    Column("person_id", Key),
    Column("through", Key, nullable=False),
    Column("asked_by", Key),
    Column("reference", Key),
    Column("asked_at", Instant, nullable=False),
    Column("sought", Blob),
    Column("packed_at", Instant),
    Column("object", Key),
    Column("size", BigInteger, nullable=False),
    Column("handed_over_at", Instant),
    Column("handed_over_by", Key),
    Column("is_dropped", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    belongs_to("shops", "shop_id"),
    belongs_to("people", "person_id"),
)
"""`sought` is sealed under the merchant's key and forgotten once it is known who is meant; the file is sealed under
the key of `person_id`. `is_dropped` says that the file is to go."""

Index("ix_data_requests_asked", data_requests.c.merchant_id, data_requests.c.asked_at)
Index("ix_data_requests_person", data_requests.c.merchant_id, data_requests.c.person_id)
Index("ix_data_requests_dropped", data_requests.c.merchant_id, data_requests.c.is_dropped)
whose_turn(data_requests, "asked_at", data_requests.c.handed_over_at.is_(None))
