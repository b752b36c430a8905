"""Apply what accounts pushed, one message after the other; what nobody can read is parked for the merchant to see."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.backoff import next_attempt
from plugin.domain.errors import Conflict
from plugin.domain.ids import MerchantId
from plugin.domain.tracking.push import Push
from plugin.ports.carrier import Carriers
from plugin.ports.carrier_accounts import PushLease
from plugin.ports.errors import Unavailable, Unreadable
from plugin.ports.unit_of_work import Units
from plugin.usecases.tracking.apply_told import hear

NOT_INSTALLED: Final = "not_installed"
"""Parked with this: the adapter that would read it is not there."""
_LEASE: Final = timedelta(seconds=30)
_APPLIED, _STRANGE, _RETRIED, _PARKED = "applied", "strange", "retried", "parked"
_KEPT: Final = timedelta(days=30)
"""What is parked may name people and places: nobody keeps it for longer."""


def drain_pushes(lease: PushLease, carriers: Carriers, *, units: Units, now: datetime, limit: int) -> Counter[str]:
    """What became of up to `limit` due messages; empty when none is due.

    A worker that dies leaves its lease behind: the message is handed on when that runs out, and applying it twice
    changes nothing.
    """
    tally: Counter[str] = Counter()
    for due in lease.lease_pushes(now, now + _LEASE, limit):
        with units.read(due.merchant) as unit:
            push = unit.carrier_pushes.get(due.push)
        if push is not None:
            tally[_drain(push, due.merchant, carriers, units, now)] += 1
    return tally


def sweep_pushes(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """Forget what has been parked for long; how many."""
    with units(merchant) as unit:
        count = unit.carrier_pushes.forget(now - _KEPT)
        unit.commit()
    return count


def _drain(push: Push, merchant: MerchantId, carriers: Carriers, units: Units, now: datetime) -> str:
    try:
        return _apply(push, merchant, carriers, units, now)
    except Unreadable as error:
        return _park(push, error, merchant, units)
    except (Conflict, Unavailable) as error:
        return _wait_or_park(push, Unreadable(type(error).__name__.lower(), ""), merchant, units, now)
    except Exception as error:  # noqa: BLE001 - one broken message must not hold up those behind it; it is parked, whole
        return _wait_or_park(push, Unreadable("apply_failed", type(error).__name__), merchant, units, now)


def _apply(push: Push, merchant: MerchantId, carriers: Carriers, units: Units, now: datetime) -> str:
    """Read it, then apply it and be done with it in one transaction."""
    with units.read(merchant) as unit:
        account = unit.carrier_accounts.get(push.kind)
    reader = carriers.push(account) if account else None
    if reader is None:
        raise Unreadable(NOT_INSTALLED, push.kind)
    told = [each for each in reader.read(push.body, push.received_at) if each.is_known]
    with units(merchant) as unit:
        met = hear(told, account, unit=unit, now=now, is_pushed=True).met if told else ()
        unit.carrier_accounts.pushed(push.kind, push.received_at)
        unit.carrier_pushes.done(push.id)
        unit.commit()
    return _APPLIED if met or not told else _STRANGE


def _wait_or_park(push: Push, fault: Unreadable, merchant: MerchantId, units: Units, now: datetime) -> str:
    due_at = next_attempt(push.attempts, now)
    if due_at is None:
        return _park(push, fault, merchant, units)
    with units(merchant) as unit:
        unit.carrier_pushes.retry_at(push.id, due_at, fault.code)
        unit.commit()
    return _RETRIED


def _park(push: Push, fault: Unreadable, merchant: MerchantId, units: Units) -> str:
    with units(merchant) as unit:
        unit.carrier_pushes.park(push.id, fault.code, fault.field)
        unit.commit()
    return _PARKED
