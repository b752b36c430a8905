"""The persons whose data a merchant holds, each with a data key; without its key a person's data is gone."""

from sqlalchemy import Column, Table, UniqueConstraint

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import merchant_id, metadata, of_merchant, own_id

people = Table(
    "people",
    metadata,
    merchant_id(),
    own_id(),
    Column("email_hash", Blob),
    Column("key_id", Key),
    Column("wrapped_key", Blob),
    Column("erased_at", Instant),
    of_merchant(),
    UniqueConstraint("merchant_id", "email_hash"),
)
"""`email_hash` is keyed by the merchant; it goes with the key when the person is erased."""
