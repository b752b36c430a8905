"""The expected days have passed: by the calendar of the destination, the last of them is over and it is not there.

What was said first is what the shopper counts on: a carrier that says a later day every day is late once, not daily.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from plugin.domain.law.zones import delivery_place
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.exceptions.episode import AlertKind, Episode, Look, lasting

_S = DeliveryStatus
_NOT_LATE: Final = frozenset({_S.DELIVERED, _S.PICKUP_READY, _S.FAILED_ATTEMPT, _S.RETURNING, _S.RETURNED, _S.LOST})
"""It has arrived as far as it can, or something worse is told of it."""
_NOWHERE: Final = ""


def find(look: Look) -> tuple[Episode, ...]:
    """The lateness there is now; since the first promise of all was broken."""
    due_at = due(look)
    if due_at is None:
        return ()
    first = look.shipment.first_expected
    since = min(due_at, _over(first.last, look)) if first else due_at
    return lasting(AlertKind.OVERDUE, since, due_at, look.now)


def due(look: Look) -> datetime | None:
    """When what is expected now will have passed; None: nothing is, or it has arrived."""
    expected = look.shipment.expected
    return None if expected is None or look.timeline.status in _NOT_LATE else _over(expected.last, look)


def _over(last: date, look: Look) -> datetime:
    """The instant (UTC) at which the last day, and the days that are waited beyond it, are over there."""
    zone = delivery_place(look.shipment.destination or _NOWHERE).zone
    after = last + timedelta(days=1 + look.patience.late_days)
    return datetime.combine(after, time(), zone).astimezone(UTC)
