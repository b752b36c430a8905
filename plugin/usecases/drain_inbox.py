"""Apply the messages that are due, each in a transaction of its own; what fails is tried again, then parked."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from plugin.domain.backoff import next_attempt
from plugin.domain.errors import Conflict
from plugin.domain.order import Platform
from plugin.domain.stored import InboxMessage, Outcome
from plugin.ports.errors import Unavailable
from plugin.ports.ids import Ids
from plugin.ports.platform import Message, Translator
from plugin.ports.unit_of_work import InboxLease, UnitOfWork, Units
from plugin.usecases.apply_shop_events import apply_shop_events
from plugin.usecases.park_record import park_record
from plugin.usecases.read_record import Fault, read_record
from plugin.usecases.supersede_parked import supersede_parked

_LEASE = timedelta(seconds=20)
"""Long for a batch, short for whoever waits behind a worker that died."""
_PATIENT = frozenset({"order_unknown", "fulfilment_unknown"})
"""Faults that mend themselves when what the message is about arrives late."""
RETRIED = "retried"
"""Tallied for a message that is tried again later."""

Tally = Counter[str]


def drain_inbox(
    lease: InboxLease, *, translators: Mapping[Platform, Translator], units: Units, ids: Ids, now: datetime, limit: int
) -> Tally:
    """What became of up to `limit` due messages; an empty tally when none is due.

    A worker that dies leaves its lease behind: the message is handed on when that runs out, and applying a message
    twice changes nothing.
    """
    tally: Tally = Counter()
    for message in lease.lease(now, now + _LEASE, limit):
        tally[_drain(message, translators, units, ids, now)] += 1
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
    (verdict,) = apply_shop_events([meaning], shop, unit, ids)
    if isinstance(verdict, Outcome):
        unit.parked.resolve(shop.id, message.topic, [message.body])
        supersede_parked([(meaning, verdict)], shop, unit)
        unit.inbox.done([message.id])
        return verdict
    if verdict.code in _PATIENT:
        return _wait_or_park(message, verdict, unit, ids, now)
    return _park(message, verdict, unit, ids, now)


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
