"""What comes in, waits and goes out: inbox, parked records, mails and effects, in memory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.effects import Effect
from plugin.domain.errors import NotFound
from plugin.domain.ids import InboxId, ParkedId, ShopId
from plugin.domain.stored import InboxMessage, ParkedRecord
from plugin.jobs import codec
from plugin.ports.inbox import LateDelivery
from tests.fakes.tables import Tables, Waiting


@dataclass(slots=True)
class FakeInbox:
    tables: Tables

    def add(self, message: InboxMessage, delivery_key: str) -> bool:
        if any(w.delivery_key == delivery_key and w.message.shop == message.shop for w in self.tables.inbox.values()):
            return False
        self.tables.inbox[message.id] = Waiting(message, delivery_key, due_at=message.received_at)
        return True

    def done(self, messages: Sequence[InboxId]) -> None:
        for message in messages:
            self.tables.inbox.pop(message, None)

    def retry_at(self, message: InboxId, at: datetime, reason: str) -> None:
        waiting = self.tables.inbox[message]
        self.tables.inbox[message] = replace(waiting, due_at=at, leased_until=None, reason=reason)

    def hasten(self, message: InboxId, at: datetime) -> bool:
        waiting = self.tables.inbox.get(message)
        if waiting is None or (waiting.leased_until and waiting.leased_until > at):
            return False
        self.tables.inbox[message] = replace(waiting, due_at=at)
        return True

    def late(self, before: datetime, limit: int) -> Sequence[LateDelivery]:
        found = [(w.message, w.reason) for w in self.tables.inbox.values() if w.message.received_at < before]
        late = [LateDelivery(m.id, m.shop, m.topic, m.received_at, m.attempts, reason) for m, reason in found]
        return sorted(late, key=lambda each: (each.received_at, each.id))[:limit]


@dataclass(slots=True)
class FakeParked:
    tables: Tables

    def add(self, records: Iterable[ParkedRecord]) -> None:
        for record in records:
            known = next((old for old in self.tables.parked.values() if _same(old, record)), None)
            if known is None:
                self.tables.parked[record.id] = record
            else:
                again = replace(known, code=record.code, field=record.field, attempts=known.attempts + 1)
                self.tables.parked[known.id] = again

    def get(self, record: ParkedId) -> ParkedRecord:
        if record not in self.tables.parked:
            raise NotFound({"parked": record})
        return self.tables.parked[record]

    def codes(self, shop: ShopId | None = None) -> Mapping[ParkedId, str]:
        return {record.id: record.code for record in self.all(shop)}

    def all(self, shop: ShopId | None = None) -> Iterator[ParkedRecord]:
        records = [record for record in self.tables.parked.values() if shop in (None, record.shop)]
        return iter(sorted(records, key=lambda record: (record.parked_at, record.id)))

    def about(self, shop: ShopId, orders: Sequence[str]) -> Sequence[ParkedRecord]:
        return [record for record in self.all(shop) if record.subject is not None and record.subject in orders]

    def resolve(self, shop: ShopId, topic: str, bodies: Sequence[bytes]) -> None:
        read = {(shop, topic, body) for body in bodies}
        self.remove([r.id for r in self.tables.parked.values() if (r.shop, r.topic, r.body) in read])

    def remove(self, records: Sequence[ParkedId]) -> None:
        for record in records:
            self.tables.parked.pop(record, None)


def _same(left: ParkedRecord, right: ParkedRecord) -> bool:
    return (left.shop, left.topic, left.body) == (right.shop, right.topic, right.body)


@dataclass(slots=True)
class FakeQueue:
    tables: Tables

    def add(self, effects: Iterable[Effect], *, key: str | None = None) -> None:
        for position, effect in enumerate(effects):
            if key is not None:
                job = f"{type(effect).__name__}:{key}:{position}"
                if job in self.tables.effect_keys:
                    continue
                self.tables.effect_keys.add(job)
            self.tables.effects.append(effect)

    def again(self, name: str, fields: str, *, key: str) -> None:
        self.add([codec.load(name, fields)], key=key)
