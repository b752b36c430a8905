"""What came in and waits, what could not be read, and what is to be sent: contents sealed."""

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint

from plugin.storage.column_types import Blob, Instant, Key
from plugin.storage.tables.metadata import belongs_to, merchant_id, metadata, of_merchant, own_id

inbox = Table(
    "inbox",
    metadata,
    merchant_id(),
    own_id(),
    Column("shop_id", Key, nullable=False),
    Column("platform", Key, nullable=False),
    Column("topic", Text, nullable=False),
    Column("delivery_key", Key, nullable=False),
    Column("event_key", Key),
    Column("received_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text),
    Column("content", Blob, nullable=False),
    belongs_to("shops", "shop_id"),
    UniqueConstraint("merchant_id", "shop_id", "delivery_key"),
)
"""A row goes when its message is applied, and its keys with it."""

Index("ix_inbox_due", inbox.c.due_at, inbox.c.id)
Index("ix_inbox_event", inbox.c.merchant_id, inbox.c.shop_id, inbox.c.event_key, unique=True)

parked = Table(
    "parked",
    metadata,
    merchant_id(),
    own_id(),
    Column("shop_id", Key, nullable=False),
    Column("platform", Key, nullable=False),
    Column("topic", Key, nullable=False),
    Column("code", Key, nullable=False),
    Column("field", Text, nullable=False),
    Column("parked_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("subject", Key),
    Column("size", Integer, nullable=False),
    Column("body_hash", Blob, nullable=False),
    Column("body", Blob, nullable=False),
    belongs_to("shops", "shop_id"),
    UniqueConstraint("merchant_id", "shop_id", "topic", "body_hash"),
)

"""`subject`: the external id of the order whose state the record is, as far as its bytes tell."""

Index("ix_parked_age", parked.c.merchant_id, parked.c.parked_at, parked.c.id)
Index("ix_parked_subject", parked.c.merchant_id, parked.c.shop_id, parked.c.subject)

mails = Table(
    "mails",
    metadata,
    merchant_id(),
    own_id(),
    Column("content", Blob),
    Column("queued_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("failed_at", Instant),
    Column("fault", Key),
    Column("detail", Blob),
    Column("parked_at", Instant),
    of_merchant(),
)
"""`content` is forgotten once the message is sent or dismissed; the row stays, so that sending twice can be told.

`failed_at`, `fault` and `detail` tell the last of the `attempts` that failed; from `parked_at` on it is tried no more.
"""

Index("ix_mails_unsent", mails.c.merchant_id, mails.c.sent_at, mails.c.queued_at)
_waits = mails.c.sent_at.is_(None) & mails.c.content.is_not(None)
Index("ix_mails_waiting", mails.c.queued_at, sqlite_where=_waits, postgresql_where=_waits)
