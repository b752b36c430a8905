"""Effects that ran out of tries: ids alone, nothing personal."""

from sqlalchemy import Column, Index, Integer, Table, Text

from plugin.storage.column_types import Instant, Key
from plugin.storage.tables.metadata import merchant_id, metadata, of_merchant, own_id

failed_effects = Table(
    "failed_effects",
    metadata,
    merchant_id(),
    own_id(),
    Column("name", Key, nullable=False),
    Column("fields", Text, nullable=False),
    Column("fault", Key, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("failed_at", Instant, nullable=False),
    Column("times", Integer, nullable=False),
    Column("request", Key),
    Column("retried_at", Instant),
    Column("dismissed_at", Instant),
    of_merchant(),
)

Index("ix_failed_effects_first", failed_effects.c.merchant_id, failed_effects.c.first_at, failed_effects.c.id)
