"""Refunds of ours: flat columns to find and count them by, the allocations as one record, the payee sealed apart."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, UniqueConstraint, literal_column

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, own_id, whose_turn

refund_intents = Table(
    "refund_intents",
    metadata,
    merchant_id(),
    own_id(),
    Column("order_id", Key, nullable=False),
    Column("purpose", Key, nullable=False),
    Column("state", Key, nullable=False),
    Column("code", Key),
    Column("platform_refund", Key),
    Column("total_minor", BigInteger, nullable=False),
    Column("currency", Key, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("version", Integer, nullable=False),
    Column("record", Blob, nullable=False),
    Column("payee", Blob),
    belongs_to("orders", "order_id"),
    UniqueConstraint("merchant_id", "order_id", "platform_refund"),
)
"""`total_minor` is in the presentment currency. `payee` is sealed under the key of the order's person."""

Index("ix_refund_intents_purpose", refund_intents.c.merchant_id, refund_intents.c.purpose)
Index("ix_refund_intents_state", refund_intents.c.merchant_id, refund_intents.c.state, refund_intents.c.changed_at)
_has_failed = refund_intents.c.state == literal_column("'failed'")
Index(
    "ix_refund_intents_failed",
    refund_intents.c.changed_at,
    sqlite_where=_has_failed,
    postgresql_where=_has_failed,
)
Index("ix_refund_intents_due", refund_intents.c.merchant_id, refund_intents.c.due_at)
whose_turn(refund_intents, "due_at", refund_intents.c.due_at.is_not(None))
