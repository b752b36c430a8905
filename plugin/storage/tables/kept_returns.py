"""How far the platform's own returns follow the claims."""

from sqlalchemy import Column, Index, Integer, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, whose_turn

kept_returns = Table(
    "kept_returns",
    metadata,
    merchant_id(),
    Column("claim_id", Key, primary_key=True),
    Column("order_id", Key, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("due_at", Instant),
    Column("version", Integer, nullable=False),
    Column("record", Blob, nullable=False),
    belongs_to("claims", "claim_id"),
    belongs_to("orders", "order_id"),
)
"""`seen` is the version of the claim that the platform was told of; `record` holds ids and codes, nothing personal."""

Index("ix_kept_returns_due", kept_returns.c.merchant_id, kept_returns.c.due_at)
Index("ix_kept_returns_order", kept_returns.c.merchant_id, kept_returns.c.order_id)
whose_turn(kept_returns, "due_at", kept_returns.c.due_at.is_not(None))
