"""What is unusual about a shopper's claims: a score that says why, so that a person can look and the shopper can ask.

A score slows a claim down and does nothing else: it decides nothing, refuses nobody and takes no right away. It sees
what lies within a year, and nothing that was the shop's or a carrier's fault is held against anybody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from plugin.domain.clocks.steps import step
from plugin.domain.entitlement import TraceStep

KEPT = timedelta(days=365)
"""What is older is not looked at (Regulation (EU) 2016/679 art. 5(1)(c), (e))."""
_VELOCITY_DAYS = 30
_MANY_CLAIMS = 4
_FEW_ORDERS = 5
_MOST_SENT_BACK = 60
"""Per cent of orders."""
_LOST_BEFORE = 2
_REFUSED_BEFORE = 2


class Mark(StrEnum):
    """Something on a shopper's record, across the merchant's shops."""

    ORDER = "order"
    CLAIM = "claim"
    """Any claim whose fault was not found to be the shop's or the carrier's."""
    RETURN = "return"
    """Goods of an order sent back for a second thought; a withdrawal is one."""
    NOT_ARRIVED = "not_arrived"
    """A parcel said not to have arrived which the carrier reported delivered."""
    REFUSED = "refused"
    """A parcel to be paid on delivery that was not accepted or collected."""
    EMPTY_BOX = "empty_box"
    OTHER_ITEM = "other_item"
    """Another thing came back than had been sent."""


@dataclass(frozen=True, slots=True)
class Past:
    """One mark and its instant (aware UTC)."""

    mark: Mark
    at: datetime


@dataclass(frozen=True, slots=True)
class Score:
    """`points` is the sum of the signs', each a step with its numbers."""

    points: int
    because: tuple[TraceStep, ...] = ()


def score(history: Sequence[Past], now: datetime) -> Score:
    """The score at `now`."""
    seen = [past for past in history if now - KEPT <= past.at <= now]
    found = [(points, sign) for look in _SIGNS if (told := look(seen, now)) is not None for points, sign in (told,)]
    return Score(sum(points for points, _ in found), tuple(sign for _, sign in found))


_Sign = tuple[int, TraceStep]


def _velocity(seen: Sequence[Past], now: datetime) -> _Sign | None:
    since = now - timedelta(days=_VELOCITY_DAYS)
    claims = sum(past.mark is Mark.CLAIM and past.at >= since for past in seen)
    return (3, step("many_claims", count=claims, days=_VELOCITY_DAYS)) if claims >= _MANY_CLAIMS else None


def _serial_returns(seen: Sequence[Past], _now: datetime) -> _Sign | None:
    orders, returns = _count(seen, Mark.ORDER), _count(seen, Mark.RETURN)
    if orders < _FEW_ORDERS or returns * 100 < orders * _MOST_SENT_BACK:
        return None
    return 3, step("serial_returns", count=returns, orders=orders)


def _not_arrived(seen: Sequence[Past], _now: datetime) -> _Sign | None:
    count = _count(seen, Mark.NOT_ARRIVED)
    return (3, step("not_arrived_before", count=count)) if count >= _LOST_BEFORE else None


def _refused(seen: Sequence[Past], _now: datetime) -> _Sign | None:
    count = _count(seen, Mark.REFUSED)
    return (3, step("refused_before", count=count)) if count >= _REFUSED_BEFORE else None


def _empty_box(seen: Sequence[Past], _now: datetime) -> _Sign | None:
    count = _count(seen, Mark.EMPTY_BOX)
    return (5, step("empty_box_before", count=count)) if count else None


def _other_item(seen: Sequence[Past], _now: datetime) -> _Sign | None:
    count = _count(seen, Mark.OTHER_ITEM)
    return (5, step("other_item_before", count=count)) if count else None


def _count(seen: Sequence[Past], mark: Mark) -> int:
    return sum(past.mark is mark for past in seen)


_SIGNS: tuple[Callable[[Sequence[Past], datetime], _Sign | None], ...] = (
    _velocity,
    _serial_returns,
    _not_arrived,
    _refused,
    _empty_box,
    _other_item,
)
