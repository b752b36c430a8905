"""Policy versions, immutable."""

from sqlalchemy import Column, Index, Table

from plugin.storage.column_types import Blob, Instant
from plugin.storage.tables.metadata import merchant_id, metadata, of_merchant, own_id

policies = Table(
    "policies",
    metadata,
    merchant_id(),
    own_id(),
    Column("effective_from", Instant, nullable=False),
    Column("document", Blob, nullable=False),
    of_merchant(),
)

Index("ix_policies_effective", policies.c.merchant_id, policies.c.effective_from)
