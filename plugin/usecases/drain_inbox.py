"""Apply the messages that are due, each in a transaction of its own; what fails is tried again, then parked."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

from plugin.domain.backoff import next_attempt
from plugin.domain.effects import RereadOrder
from plugin.domain.errors import Conflict
from plugin.domain.order import Order, Platform
from plugin.domain.order_reach import may_be_hidden
from plugin.domain.shop import Shop
from plugin.domain.shop_events import Ignored, OrderSeen, Reread, Subject
from plugin.domain.stored import InboxMessage, Outcome
from plugin.ports.errors import Unavailable
from plugin.ports.ids import Ids
from plugin.ports.platform import Message, Translator
from plugin.ports.unit_of_work import InboxLease, UnitOfWork, Units
from plugin.usecases.apply_app_event import apply_message
from plugin.usecases.park_record import park_record
from plugin.usecases.read_record import Fault, Meaning, read_record
from plugin.usecases.supersede_parked import supersede_parked

_LEASE = timedelta(seconds=20)
"""Long for a batch, short for whoever waits behind a worker that died."""
_PATIENT = frozenset({"order_unknown", "fulfilment_unknown"})
"""Faults that mend themselves when what the message is about arrives late."""
_UNDER_WAY = frozenset({"forgetting_shop"})
"""Not faults: so much was done, and the message stays until all is."""
_READ_AGAIN = frozenset({Subject.ORDER, Subject.RETURN})
REREAD = "reread"
"""Tallied for a hint: what it is about is read again."""
RETRIED = "retried"
"""Tallied for a message that is tried again later."""

Tally = Counter[str]
Follow = Callable[[InboxMessage], AbstractContextManager[Callable[[str], None]]]
"""What surrounds the work on each message, and is told its outcome."""


@contextmanager
def _unfollowed(_message: InboxMessage) -> Iterator[Callable[[str], None]]:
    yield lambda _outcome: None


def drain_inbox(  # noqa: PLR0913 - each a port of its own
    lease: InboxLease,
    *,
    translators: Mapping[Platform, Translator],
    units: Units,
    ids: Ids,
    now: datetime,
    limit: int,
    follow: Follow = _unfollowed,
) -> Tally:
    """What became of up to `limit` due messages; an empty tally when none is due.

    A worker that dies leaves its lease behind: the message is handed on when that runs out, and applying a message
    twice changes nothing.
    """
    tally: Tally = Counter()
    for message in lease.lease(now, now + _LEASE, limit):
        with follow(message) as told:
            outcome = _drain(message, translators, units, ids, now)
            told(outcome)
        tally[outcome] += 1
    return tally


def _drain(
    message: InboxMessage, translators: Mapping[Platform, Translator], units: Units, ids: Ids, now: datetime
) -> str:
    try:
        with units(message.merchant) as unit:
            result = _apply(message, translators[message.platform], unit, ids, now)
            unit.commit()
    except (Conflict, Unavailable) as error:
        return _try_again(message, Fault(type(error).__name__.lower(), ""), units, ids, now)
    except Exception as error:  # noqa: BLE001 - one broken message must not hold up those behind it; it is parked, whole
        return _try_again(message, Fault("apply_failed", type(error).__name__), units, ids, now)
    return result


def _apply(message: InboxMessage, translator: Translator, unit: UnitOfWork, ids: Ids, now: datetime) -> str:
    shop = unit.shops.get(message.shop)
    raw = Message(message.topic, message.body, dict(message.headers))
    meaning = read_record(raw, translator)
    unit.hooks.heard(shop.id, message.received_at, _delay(message, meaning))
    if (hint := _to_reread(meaning, shop, unit, now)) is not None:
        unit.queue.add([RereadOrder(shop.merchant, shop.id, hint.external_id, hint.subject)])
        unit.inbox.done([message.id])
        return REREAD
    verdict = apply_message(meaning, shop, unit, ids, now)
    if isinstance(verdict, Outcome):
        unit.parked.resolve(shop.id, message.topic, [message.body])
        supersede_parked([(meaning, verdict)], shop, unit)
        unit.inbox.done([message.id])
        return _skipped(meaning) if verdict is Outcome.SKIPPED else verdict
    if verdict.code in _UNDER_WAY:
        unit.inbox.retry_at(message.id, now, verdict.code)
        return verdict.code
    if verdict.code in _PATIENT:
        return _wait_or_park(message, verdict, unit, ids, now)
    return _park(message, verdict, unit, ids, now)


def _skipped(meaning: Meaning) -> str:
    """Tallied, and so logged, by what was rightly left out."""
    codes = () if isinstance(meaning, Fault) else (event.code for event in meaning if isinstance(event, Ignored))
    return next((f"{Outcome.SKIPPED}_{code}" for code in codes), Outcome.SKIPPED)


def _delay(message: InboxMessage, meaning: Meaning) -> timedelta | None:
    """How long after the order's last change its delivery came; None: the message does not say."""
    seen = _seen(meaning)
    return max(message.received_at - seen.updated_at, timedelta()) if seen else None


def _to_reread(meaning: Meaning, shop: Shop, unit: UnitOfWork, now: datetime) -> Reread | None:
    """The order, or its return, of which the message is only a hint; None: it says all, or there is nobody to ask.

    A body is the order as it was when it left the shop, and may have waited since. One that is on record tells whether
    it is the newer state; of an order that is not, nothing tells that it is not gone again. Two states that are dated
    alike do not tell which came last, nor does one whose deletion was undated. Keys that are refused cannot be asked.
    An order so old that the shop may not show it is taken at the message's word: asked for, it might be lost.
    """
    connection = unit.connections.get(shop.id)
    if connection is None or isinstance(meaning, Fault):
        return None
    for event in meaning:
        if isinstance(event, Reread) and event.subject in _READ_AGAIN:
            return event
    seen = _seen(meaning)
    if seen is None:
        return None
    known = unit.orders.digests(shop.id, [seen.ref]).get(seen.ref)
    if known is None:
        is_doubtful = connection.due_at is not None and not may_be_hidden(seen, now)
    else:
        is_alike = known.updated_at == seen.updated_at and unit.orders.digest(seen) != known.digest
        is_doubtful = known.is_gone or is_alike
    return Reread(Subject.ORDER, seen.ref.platform, seen.ref.external_id) if is_doubtful else None


def _seen(meaning: Meaning) -> Order | None:
    """The whole order that a message is."""
    if isinstance(meaning, Fault):
        return None
    return next((event.order for event in meaning if isinstance(event, OrderSeen)), None)


def _try_again(message: InboxMessage, fault: Fault, units: Units, ids: Ids, now: datetime) -> str:
    with units(message.merchant) as unit:
        result = _wait_or_park(message, fault, unit, ids, now)
        unit.commit()
    return result


def _wait_or_park(message: InboxMessage, fault: Fault, unit: UnitOfWork, ids: Ids, now: datetime) -> str:
    due = next_attempt(message.attempts, now)
    if due is None:
        return _park(message, fault, unit, ids, now)
    unit.inbox.retry_at(message.id, due, fault.code)
    return RETRIED


def _park(message: InboxMessage, fault: Fault, unit: UnitOfWork, ids: Ids, now: datetime) -> str:
    shop = unit.shops.get(message.shop)
    unit.parked.add([park_record(message.topic, message.body, fault, shop=shop, ids=ids, now=now)])
    unit.inbox.done([message.id])
    return Outcome.PARKED
