"""What carriers are asked for, beside the claims it is about."""

from sqlalchemy import Column, Index, Integer, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata

carrier_claims = Table(
    "carrier_claims",
    metadata,
    merchant_id(),
    Column("claim_id", Key, primary_key=True),
    Column("order_id", Key, nullable=False),
    Column("state", Key, nullable=False),
    Column("notice_by", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("record", Blob, nullable=False),
    belongs_to("claims", "claim_id"),
    belongs_to("orders", "order_id"),
)
"""`record` holds parcels, value and the carrier's own reference; nothing of the shopper."""

Index("ix_carrier_claims_state", carrier_claims.c.merchant_id, carrier_claims.c.state, carrier_claims.c.notice_by)
Index("ix_carrier_claims_order", carrier_claims.c.merchant_id, carrier_claims.c.order_id)
