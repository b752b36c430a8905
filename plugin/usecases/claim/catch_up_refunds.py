"""Tell claims what they missed of their money, should the job that was to tell them have died for good."""

from datetime import datetime, timedelta

from plugin.domain.backoff import attempt_key
from plugin.domain.effects import FollowRefund
from plugin.domain.ids import MerchantId
from plugin.domain.refund.intent import RefundIntent
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.claim.follow_refund import is_news

_LATE = timedelta(minutes=15)
"""Longer than all attempts of the job."""
_KEPT = timedelta(days=2)
_MOST = 500


def catch_up_refunds(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many refunds moved without their claim knowing, and were queued to be told again; once an hour each."""
    with units.read(merchant) as unit:
        missed = [each for each in unit.refunds.changed(now - _KEPT, now - _LATE, _MOST) if is_news(each, unit)]
    if missed:
        with units(merchant) as unit:
            for intent in missed:
                _queue(intent, unit, now)
            unit.commit()
    return len(missed)


def _queue(intent: RefundIntent, unit: UnitOfWork, now: datetime) -> None:
    key = attempt_key(f"{intent.id}:{intent.state}", intent.changed_at, now)
    unit.queue.add([FollowRefund(unit.merchant, intent.id)], key=key)
