"""Refunds that are tried again: by the clock where nobody answered, by a person where one was parked."""

from datetime import datetime

from plugin.domain.backoff import attempt_key
from plugin.domain.effects import ExecuteRefund
from plugin.domain.ids import MerchantId, RefundId
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.left import still_fits
from plugin.domain.refund.request import NothingToRefund
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.tell_claims import tell_of_refunds

_MOST = 100


def queue_due_refunds(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many refunds are due and were queued; each attempt once an hour, so that no lost job is the last."""
    with units.read(merchant) as unit:
        due = unit.refunds.due(now, _MOST)
    if not due:
        return 0
    with units(merchant) as unit:
        for refund in due:
            queue_refund(unit.refunds.get(refund), unit, now)
        unit.commit()
    return len(due)


def retry_refund(refund: RefundId, *, merchant: MerchantId, units: Units, now: datetime) -> RefundIntent:
    """A parked refund as it is tried again, under its own key.

    Raises `NotFound`, `NotInThatState`, and `NothingToRefund` when what it would pay back has gone back otherwise.
    """
    with units(merchant) as unit:
        failed = unit.refunds.get(refund)
        known = unit.refunds.hold(failed.order)
        again = failed.tried_again(now)
        if not failed.is_pending and not still_fits(failed, unit.orders.get(failed.order).order, known):
            raise NothingToRefund({"refund": refund})
        unit.refunds.save([again])
        tell_of_refunds([again], unit)
        queue_refund(unit.refunds.get(refund), unit, now)
        unit.commit()
    return again


def stop_refund(refund: RefundId, *, unit: UnitOfWork, now: datetime) -> RefundIntent:
    """Take back a granted refund before anything left; the caller commits. Raises `NotFound`, `NotInThatState`."""
    stopped = unit.refunds.get(refund).stopped(now)
    unit.refunds.save([stopped])
    tell_of_refunds([stopped], unit)
    return stopped


def queue_refund(intent: RefundIntent, unit: UnitOfWork, now: datetime) -> None:
    """Queue the next attempt, in the caller's transaction; each once an hour for as long as it is not made."""
    key = attempt_key(intent.id, intent.due_at or intent.changed_at, now)
    unit.queue.add([ExecuteRefund(unit.merchant, intent.id)], key=key)
