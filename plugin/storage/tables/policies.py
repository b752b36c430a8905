"""Policy versions, immutable, and the one draft a merchant may be writing.

Plain: the only personal data in a policy is what a trader has to print on every offer (Directive 2011/83/EU art. 6).
"""

from sqlalchemy import Boolean, Column, Index, Integer, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import merchant_id, metadata, of_merchant, own_id, whose_turn

policies = Table(
    "policies",
    metadata,
    merchant_id(),
    own_id(),
    Column("effective_from", Instant, nullable=False),
    Column("document", Blob, nullable=False),
    Column("published_at", Instant),
    Column("published_by", Key),
    Column("replaces", Key),
    Column("findings", Blob),
    Column("is_declared", Boolean),
    of_merchant(),
)
"""What was recorded of a publication is None where no record was kept; of `published_by` also for the operator."""

Index("ix_policies_effective", policies.c.merchant_id, policies.c.effective_from)
whose_turn(policies, "effective_from")

policy_drafts = Table(
    "policy_drafts",
    metadata,
    merchant_id(),
    Column("id", Key, nullable=False),
    Column("version", Integer, nullable=False),
    Column("draft", Blob, nullable=False),
    of_merchant(),
)
"""One a merchant: the merchant alone is the key."""
