"""Files of evidence: what is known of each, and the parts of unfinished uploads. Their bytes are objects elsewhere."""

from sqlalchemy import BigInteger, Column, Index, Table

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, own_id

evidence = Table(
    "evidence",
    metadata,
    merchant_id(),
    own_id(),
    Column("shop_id", Key, nullable=False),
    Column("draft_id", Key, nullable=False),
    Column("claim_id", Key),
    Column("person_id", Key, nullable=False),
    Column("name", Blob),
    Column("declared_type", Key, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("state", Key, nullable=False),
    Column("scan", Key, nullable=False),
    Column("refusal", Key),
    Column("object", Key),
    Column("media_type", Key),
    Column("stored_size", BigInteger),
    Column("digest", Key),
    Column("created_at", Instant, nullable=False),
    Column("touched_at", Instant, nullable=False),
    Column("completed_at", Instant),
    belongs_to("shops", "shop_id"),
    belongs_to("people", "person_id"),
)
"""`name` is sealed under the person's key and goes with it. A claim that is never submitted has no row, so `draft_id`
and `claim_id` refer to nothing here."""

evidence_parts = Table(
    "evidence_parts",
    metadata,
    merchant_id(),
    Column("evidence_id", Key, primary_key=True),
    Column("offset", BigInteger, primary_key=True, autoincrement=False),
    Column("length", BigInteger, nullable=False),
    Column("object", Key, nullable=False),
    belongs_to("evidence", "evidence_id"),
)

Index("ix_evidence_draft", evidence.c.merchant_id, evidence.c.draft_id)
Index("ix_evidence_claim", evidence.c.merchant_id, evidence.c.claim_id)
Index("ix_evidence_created", evidence.c.merchant_id, evidence.c.shop_id, evidence.c.created_at)
Index("ix_evidence_state", evidence.c.merchant_id, evidence.c.state, evidence.c.touched_at)
Index("ix_evidence_person", evidence.c.merchant_id, evidence.c.person_id)
