"""When a parcel is asked about next: often on its last day, seldom where nothing moves, and one day not any more.

The same parcel at the same instant always gets the same answer: no chance is in it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.kept_reports import last_heard
from plugin.domain.tracking.shipment import Asking, ExpectedDays, Shipment
from plugin.domain.tracking.timeline import FINAL

_S = DeliveryStatus
_Pace = tuple[tuple[timedelta, timedelta], ...]
"""Until it has been quiet for so long, every so often; after the last, never."""


def _every(*stages: tuple[int, int]) -> _Pace:
    """Stages as days of quiet and hours between two questions."""
    return tuple((timedelta(days=days), timedelta(hours=hours)) for days, hours in stages)


PACES: Final[Mapping[DeliveryStatus, _Pace]] = {
    _S.UNKNOWN: _every((2, 6), (10, 12), (60, 24)),
    _S.INFO_RECEIVED: _every((2, 4), (10, 8), (60, 24)),
    _S.IN_TRANSIT: _every((5, 6), (20, 8), (90, 24)),
    _S.CUSTOMS: _every((10, 8), (90, 24)),
    _S.EXCEPTION: _every((5, 6), (60, 24)),
    _S.OUT_FOR_DELIVERY: _every((1, 1), (3, 4), (30, 24)),
    _S.FAILED_ATTEMPT: _every((3, 4), (30, 12)),
    _S.PICKUP_READY: _every((14, 6), (45, 24)),
    _S.RETURNING: _every((30, 12), (90, 24)),
    _S.DELIVERED: _every((2, 24), (14, 96)),
    _S.RETURNED: _every((7, 72)),
    _S.LOST: _every((30, 72)),
    _S.EXPIRED: _every((60, 168)),
}
"""By where it stands; the table is printed in docs/tracking.md."""
NOT_THERE: Final = frozenset(PACES) - FINAL - {_S.UNKNOWN, _S.EXPIRED}
"""Told of, and still on its way, in either direction."""
_UNDER_WAY: Final = frozenset({_S.IN_TRANSIT, _S.CUSTOMS})
_SOON, _NOT_SOON = timedelta(hours=3), timedelta(hours=12)
_NEAR, _LATE, _FAR = timedelta(days=1), timedelta(days=2), timedelta(days=3)
_LONGEST: Final = timedelta(hours=24)
"""That misses stretch a pace to."""
_MISSES_A_STEP, _MOST_STRETCH = 4, 4
_FIRST: Final = timedelta(hours=1)
"""After the first answer that knew nothing: services look a number up once they were asked about it."""
_SAFETY_NET: Final = timedelta(hours=24)
"""How often a parcel is asked about whose news are pushed to us: pushes get lost too."""
NOBODY: Final = timedelta(hours=6)
"""How long one waits that no account tells of."""
GIVEN_UP: Final = timedelta(days=60)
"""How old a parcel is that no account will be opened for any more."""


def started(now: datetime) -> Asking:
    """Of a parcel that has just become known: asked about at once."""
    return Asking(next_at=now)


def asked(shipment: Shipment, now: datetime, *, has_news: bool, is_pushed: bool = False) -> Asking:
    """After an answer, the shipment as it stands with it; `has_news`: it told something that was not known.

    `is_pushed`: whoever tells of it does so unasked, and did lately.
    """
    misses = 0 if has_news else shipment.asking.misses + 1
    every = _interval(shipment, now, misses)
    if every and is_pushed:
        every = max(every, _SAFETY_NET)
    return Asking(now + every if every else None, now, misses)


def told(shipment: Shipment, now: datetime) -> Asking:
    """After news that came unasked: its pace from now on, by where it stands with them."""
    every = _interval(shipment, now, 0)
    return Asking(now + every if every else None, shipment.asking.asked_at, 0)


def put_off(asking: Asking, until: datetime) -> Asking:
    """Nobody could be asked: its turn comes later, and nothing is held against it."""
    return replace(asking, next_at=until)


def unasked(shipment: Shipment, now: datetime) -> Asking:
    """No account tells of it: looked at again in hours, for as long as one might still be opened in time."""
    is_over = now - shipment.created_at >= GIVEN_UP
    return put_off(shipment.asking, now + NOBODY) if not is_over else replace(shipment.asking, next_at=None)


def is_over(shipment: Shipment, now: datetime) -> bool:
    """Whether it would not be asked about again: what is imported from years ago is not worth one question either."""
    return _interval(shipment, now, 0) is None


def _interval(shipment: Shipment, now: datetime, misses: int) -> timedelta | None:
    """How long until the next question; None: there is none any more."""
    status = shipment.whereabouts.status
    quiet = now - _last_news(shipment)
    every = next((every for until, every in PACES[status] if quiet < until), None)
    if every is None or shipment.is_void or shipment.is_forgotten:
        return None
    if status is _S.UNKNOWN and misses == 1:
        return _FIRST
    if status in _UNDER_WAY and shipment.expected:
        every = _as_expected(every, shipment.expected, now)
    return _stretched(every, misses)


def _last_news(shipment: Shipment) -> datetime:
    """When something happened last; what is dated after it was heard of happened no later than that."""
    stands = shipment.whereabouts
    happened = max((at for at in (stands.since, stands.last_scan) if at), default=None)
    if happened is None:
        return max(shipment.shipped_at or shipment.created_at, shipment.created_at)
    return min(happened, last_heard(shipment.reports) or happened)


def _as_expected(every: timedelta, expected: ExpectedDays, now: datetime) -> timedelta:
    """More often about the days it should arrive on, less often well before them."""
    today = now.date()
    if expected.first - today > _FAR:
        return max(every, _NOT_SOON)
    return min(every, _SOON) if expected.first - _NEAR <= today <= expected.last + _LATE else every


def _stretched(every: timedelta, misses: int) -> timedelta:
    """Less and less often while nothing new comes."""
    stretch = min(1 + misses // _MISSES_A_STEP, _MOST_STRETCH)
    return max(every, min(every * stretch, _LONGEST))
