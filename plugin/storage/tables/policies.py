"""Policy versions, immutable."""

from sqlalchemy import Column, Index, LargeBinary, Table

from plugin.storage.column_types import Instant
from plugin.storage.tables.metadata import merchant_id, metadata, of_merchant, own_id

policies = Table(
    "policies",
    metadata,
    merchant_id(),
    own_id(),
    Column("effective_from", Instant, nullable=False),
    Column("document", LargeBinary, nullable=False),
    of_merchant(),
)

Index("ix_policies_effective", policies.c.merchant_id, policies.c.effective_from)
