"""Incoming messages of one merchant, sealed, until they are applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import or_

from plugin.domain.decoding import packed_decoder
from plugin.domain.ids import InboxId
from plugin.domain.stored import Arrival, InboxMessage
from plugin.ports.inbox import LateDelivery
from plugin.storage.cipher import place, seal
from plugin.storage.scope import Scope, batches
from plugin.storage.tables import inbox
from plugin.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Content:
    """The sealed part of a message; headers can hold addresses and tokens as well as bodies can."""

    headers: tuple[tuple[str, str], ...]
    body: bytes


_encoder = msgspec.msgpack.Encoder()
_decoder = packed_decoder(Content)


class SqlInbox:
    """`plugin.ports.inbox.Inbox`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def add(self, message: InboxMessage, delivery_key: str) -> bool:
        """Record a message; False when this delivery is already waiting. Once applied, the same key is news again."""
        row = _row(Arrival(message, delivery_key), self._vault.seal("inbox", message.id, "content", _plain(message)))
        return self._scope.insert_new(inbox, [row]) == 1

    def done(self, messages: Sequence[InboxId]) -> None:
        """Applied: forget them."""
        for batch in batches(messages):
            self._scope.run(self._scope.delete(inbox).where(inbox.c.id.in_(batch)))

    def retry_at(self, message: InboxId, at: datetime, reason: str) -> None:
        """Give the lease back; try again then."""
        again = self._scope.update(inbox).where(inbox.c.id == message)
        self._scope.run(again.values(due_at=at, leased_until=None, reason=reason))

    def hasten(self, message: InboxId, at: datetime) -> bool:
        """Due then, where the lease is free."""
        is_free = or_(inbox.c.leased_until.is_(None), inbox.c.leased_until <= at)
        soon = self._scope.update(inbox).where(inbox.c.id == message, is_free)
        return self._scope.run(soon.values(due_at=at)) == 1

    def late(self, before: datetime, limit: int) -> Sequence[LateDelivery]:
        """Those that came before then and still wait, oldest first."""
        names = ("id", "shop_id", "topic", "received_at", "attempts", "reason")
        found = self._scope.select(inbox, *(inbox.c[name] for name in names)).where(inbox.c.received_at < before)
        rows = self._scope.rows(found.order_by(inbox.c.received_at, inbox.c.id).limit(limit))
        return [LateDelivery(r.id, r.shop_id, r.topic, r.received_at, r.attempts, r.reason) for r in rows]


def content_of(plain: bytes) -> Content:
    """What was sealed."""
    return _decoder.decode(plain)


def arrival_row(arrival: Arrival, key: bytes) -> dict[str, object]:
    """The whole row of a message, sealed under its merchant's content key."""
    message = arrival.message
    sealed = seal(key, _plain(message), place(message.merchant, "inbox", message.id, "content"))
    return {"merchant_id": message.merchant, **_row(arrival, sealed)}


def _plain(message: InboxMessage) -> bytes:
    return _encoder.encode(Content(message.headers, message.body))


def _row(arrival: Arrival, sealed: bytes) -> dict[str, object]:
    message = arrival.message
    return {
        "id": message.id,
        "shop_id": message.shop,
        "platform": message.platform.value,
        "topic": message.topic,
        "delivery_key": arrival.delivery_key,
        "event_key": arrival.event_key,
        "received_at": message.received_at,
        "due_at": message.received_at,
        "attempts": message.attempts,
        "content": sealed,
    }
