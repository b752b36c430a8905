"""Apply what accounts pushed, one message after the other; what nobody can read is parked for the merchant to see."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.backoff import next_attempt
from plugin.domain.errors import Conflict
from plugin.domain.ids import MerchantId
from plugin.ports.carrier import Carriers
from plugin.ports.carrier_accounts import DuePush, PushLease
from plugin.ports.errors import Unavailable, Unreadable
from plugin.ports.unit_of_work import Units
from plugin.usecases.tracking.apply_told import hear

NOT_INSTALLED: Final = "not_installed"
"""Parked with this: the adapter that would read it is not there."""
_LEASE: Final = timedelta(seconds=30)
_APPLIED, _STRANGE, _GONE, _RETRIED, _PARKED = "applied", "strange", "gone", "retried", "parked"
_KEPT: Final = timedelta(days=30)
"""What is parked may name people and places: nobody keeps it for longer."""


def drain_pushes(lease: PushLease, carriers: Carriers, *, units: Units, now: datetime, limit: int) -> Counter[str]:
    """What became of up to `limit` due messages; empty when none is due.

    A worker that dies leaves its lease behind: the message is handed on when that runs out, and applying it twice
    changes nothing.
    """
    tally: Counter[str] = Counter()
    for due in lease.lease_pushes(now, now + _LEASE, limit):
        tally[_drain(due, carriers, units, now)] += 1
    return tally


def sweep_pushes(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """Forget what has been parked for long; how many."""
    with units(merchant) as unit:
        count = unit.carrier_pushes.forget(now - _KEPT)
        unit.commit()
    return count


def _drain(due: DuePush, carriers: Carriers, units: Units, now: datetime) -> str:
    try:
        return _apply(due, carriers, units, now)
    except Unreadable as error:
        return _park(due, error, units)
    except (Conflict, Unavailable) as error:
        return _wait_or_park(due, Unreadable(type(error).__name__.lower(), ""), units, now)
    except Exception as error:  # noqa: BLE001 - one broken message must not hold up those behind it; it is parked, whole
        return _wait_or_park(due, Unreadable("apply_failed", type(error).__name__), units, now)


def _apply(due: DuePush, carriers: Carriers, units: Units, now: datetime) -> str:
    """Read it, then apply it and be done with it in one transaction."""
    with units.read(due.merchant) as unit:
        push = unit.carrier_pushes.get(due.push)
        account = unit.carrier_accounts.get(push.kind) if push else None
    if push is None:
        return _GONE
    reader = carriers.push(account) if account else None
    if reader is None:
        raise Unreadable(NOT_INSTALLED, push.kind)
    told = [each for each in reader.read(push.body, push.received_at) if each.is_known]
    with units(due.merchant) as unit:
        met = hear(told, account, unit=unit, now=now, is_pushed=True).met if told else ()
        unit.carrier_accounts.pushed(push.kind, push.received_at)
        unit.carrier_pushes.done(push.id)
        unit.commit()
    return _APPLIED if met or not told else _STRANGE


def _wait_or_park(due: DuePush, fault: Unreadable, units: Units, now: datetime) -> str:
    due_at = next_attempt(due.attempts, now)
    if due_at is None:
        return _park(due, fault, units)
    with units(due.merchant) as unit:
        unit.carrier_pushes.retry_at(due.push, due_at, fault.code)
        unit.commit()
    return _RETRIED


def _park(due: DuePush, fault: Unreadable, units: Units) -> str:
    with units(due.merchant) as unit:
        unit.carrier_pushes.park(due.push, fault.code, fault.field)
        unit.commit()
    return _PARKED
