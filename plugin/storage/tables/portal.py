"""The shopper's pages: attempts that are counted, links that are wanted, claims that are being written."""

from sqlalchemy import Column, Index, Integer, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, of_merchant, own_id

attempts = Table(
    "attempts",
    metadata,
    merchant_id(),
    Column("what", Key, primary_key=True),
    Column("who", Blob, primary_key=True),
    Column("slot", Instant, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    of_merchant(),
)
"""`who` is a hash keyed by the merchant: an address on the net is personal."""

Index("ix_attempts_slot", attempts.c.merchant_id, attempts.c.slot)

link_requests = Table(
    "link_requests",
    metadata,
    merchant_id(),
    own_id(),
    Column("shop_id", Key, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("content", Blob, nullable=False),
    belongs_to("shops", "shop_id"),
)
"""`content` is sealed under the merchant's key; a row goes as soon as the worker has looked at it."""

claim_drafts = Table(
    "claim_drafts",
    metadata,
    merchant_id(),
    own_id(),
    Column("shop_id", Key, nullable=False),
    Column("order_id", Key, nullable=False),
    Column("person_id", Key, nullable=False),
    Column("language", Key, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("touched_at", Instant, nullable=False),
    Column("claim_id", Key),
    Column("content", Blob),
    Column("capabilities", Blob),
    belongs_to("shops", "shop_id"),
    belongs_to("orders", "order_id"),
    belongs_to("people", "person_id"),
)
"""`content` is sealed under the person's key and goes with it, and when the draft becomes a claim. `capabilities` is
what the platform said it can do with the order, null until it has; nothing personal."""

Index(
    "ix_claim_drafts_open",
    claim_drafts.c.merchant_id,
    claim_drafts.c.order_id,
    unique=True,
    sqlite_where=claim_drafts.c.claim_id.is_(None),
    postgresql_where=claim_drafts.c.claim_id.is_(None),
)
Index("ix_claim_drafts_touched", claim_drafts.c.merchant_id, claim_drafts.c.touched_at)
Index("ix_claim_drafts_person", claim_drafts.c.merchant_id, claim_drafts.c.person_id)
