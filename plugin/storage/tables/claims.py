"""Claims: the record of each, which is the truth, and flat rows told from it to list, sort and count by."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, UniqueConstraint, true

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, of_merchant, own_id, whose_turn

claim_entries = Table(
    "claim_entries",
    metadata,
    merchant_id(),
    Column("claim_id", Key, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("body", Blob, nullable=False),
    Column("hash", Key, nullable=False),
    Column("person_id", Key),
    Column("words", Blob),
    of_merchant(),
    belongs_to("people", "person_id"),
)
"""Entries are only ever added. `body` is what was hashed, byte for byte. `words` holds what somebody wrote and the salt
of its seal, sealed under the key of `person_id`: whoever the order was of at that time."""

Index(
    "ix_claim_entries_first",
    claim_entries.c.merchant_id,
    claim_entries.c.claim_id,
    unique=True,
    sqlite_where=claim_entries.c.seq == 1,
    postgresql_where=claim_entries.c.seq == 1,
)
Index(
    "ix_claim_entries_person",
    claim_entries.c.merchant_id,
    claim_entries.c.person_id,
    sqlite_where=claim_entries.c.person_id.is_not(None),
    postgresql_where=claim_entries.c.person_id.is_not(None),
)

claims = Table(
    "claims",
    metadata,
    merchant_id(),
    own_id(),
    Column("shop_id", Key, nullable=False),
    Column("order_id", Key, nullable=False),
    Column("number", Key, nullable=False),
    Column("track", Key, nullable=False),
    Column("status", Key, nullable=False),
    Column("tier", Key, nullable=False),
    Column("country", Key),
    Column("zone", Key),
    Column("language", Key, nullable=False),
    Column("assignee", Key),
    Column("is_open", Boolean, nullable=False),
    Column("needs_person", Boolean, nullable=False),
    Column("waits_for_answer", Boolean, nullable=False),
    Column("timer", Key, nullable=False),
    Column("answer_due_at", Instant),
    Column("due_order", Instant, nullable=False),
    Column("due_day_at", Instant),
    Column("wakes_at", Instant),
    Column("money_due_at", Instant),
    Column("money_stuck_at", Instant),
    Column("has_failed_refund", Boolean, nullable=False),
    Column("refunded_at", Instant),
    Column("refund_seconds", Integer),
    Column("survey", Key),
    Column("opened_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    belongs_to("shops", "shop_id"),
    belongs_to("orders", "order_id"),
    UniqueConstraint("merchant_id", "number"),
)
"""Nothing here that the record does not tell, and nothing personal. `due_order` sorts by when something is due; what
has no date comes last. `due_day_at` is when the day of that begins in `zone`, the shopper's.
`refund_seconds` is the longest that money took from its grant until it was paid, `survey` whether the shopper says
that it was solved."""

claim_lines = Table(
    "claim_lines",
    metadata,
    merchant_id(),
    Column("claim_id", Key, primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("order_line", Key, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("reason", Key),
    Column("fault", Key, nullable=False),
    Column("ground", Key, nullable=False),
    Column("wanted", Key, nullable=False),
    Column("decision", Key, nullable=False),
    Column("remedy", Key),
    Column("remedy_state", Key, nullable=False),
    Column("leg", Key, nullable=False),
    Column("inspection", Key, nullable=False),
    Column("disposition", Key, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("currency", Key, nullable=False),
    belongs_to("claims", "claim_id"),
)
"""`remedy` is what was decided or agreed, `wanted` what the shopper chose. The price is in the presentment currency."""

_merchant, _id = claims.c.merchant_id, claims.c.id
_is_open = claims.c.is_open == true()
_OPEN: dict[str, Any] = {"sqlite_where": _is_open, "postgresql_where": _is_open}

Index("ix_claims_order", _merchant, claims.c.order_id)
Index("ix_claims_opened", _merchant, claims.c.opened_at, _id)
Index("ix_claims_changed", _merchant, claims.c.changed_at, _id)
Index("ix_claims_shop", _merchant, claims.c.shop_id, claims.c.opened_at, _id)
Index("ix_claims_status", _merchant, claims.c.status, claims.c.opened_at, _id)
Index("ix_claims_country", _merchant, claims.c.country, claims.c.opened_at, _id)
Index("ix_claims_due", _merchant, claims.c.due_order, _id, **_OPEN)
Index("ix_claims_assignee", _merchant, claims.c.assignee, claims.c.due_order, _id, **_OPEN)
Index("ix_claims_tier", _merchant, claims.c.tier, claims.c.due_order, _id, **_OPEN)
Index("ix_claims_open_status", _merchant, claims.c.status, claims.c.due_order, _id, **_OPEN)
Index("ix_claims_turn", _merchant, claims.c.waits_for_answer, claims.c.due_order, _id, **_OPEN)
Index(
    "ix_claims_wakes",
    *(_merchant, claims.c.wakes_at, _id),
    sqlite_where=claims.c.wakes_at.is_not(None),
    postgresql_where=claims.c.wakes_at.is_not(None),
)
Index(
    "ix_claims_stuck",
    *(_merchant, claims.c.money_stuck_at, _id),
    sqlite_where=claims.c.money_stuck_at.is_not(None),
    postgresql_where=claims.c.money_stuck_at.is_not(None),
)
Index(
    "ix_claims_refunded",
    *(_merchant, claims.c.refunded_at, claims.c.refund_seconds),
    sqlite_where=claims.c.refunded_at.is_not(None),
    postgresql_where=claims.c.refunded_at.is_not(None),
)
whose_turn(claims, "wakes_at", claims.c.wakes_at.is_not(None))
