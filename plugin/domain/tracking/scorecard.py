"""How carriers did with the parcels sent in a period: on time, lost, how long, and what shoppers paid for shipping.

What a carrier charged is not known here: platforms do not tell it, and no label of ours is sent outward. What stands
beside a lane is what shoppers paid for its shipping, an order's sum shared evenly by its parcels of the period.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from plugin.domain.ids import OrderId
from plugin.domain.money import Money
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.eta.delivery_days import delivery_days
from plugin.domain.tracking.eta.forecast import local_day

_ARRIVED: Final = DeliveryStatus.DELIVERED
_LOST: Final = DeliveryStatus.LOST
_HALF, _MOST = 50, 90


@dataclass(frozen=True, slots=True)
class ScoredParcel:
    """A parcel that was sent to a shopper. `carrier`: who it was given to; instants UTC.

    `delivered_at`: as carrier or platform reported. `promised_by`: the last of the days that were said first, local to
    the destination. `shipping`: what the shopper paid for the whole order's, without tax where prices stand beside it;
    None: nobody said.
    """

    order: OrderId
    carrier: str | None
    origin: str | None
    destination: str | None
    service: str | None
    status: DeliveryStatus
    shipped_at: datetime
    delivered_at: datetime | None = None
    promised_by: date | None = None
    shipping: Money | None = None


@dataclass(frozen=True, slots=True)
class ScoredLane:
    """What is scored as one; None stands for unknown."""

    carrier: str | None
    origin: str | None = None
    destination: str | None = None
    service: str | None = None


@dataclass(slots=True)
class Score:
    """`judged`: those that were promised days and have come, or should have; `on_time`: those that came by then.

    `days`: how many took how many working days from the dispatch (Monday to Friday, or the destination's own week,
    without its holidays). `shipping`: what shoppers paid, by currency, for `paid` parcels.
    """

    sent: int = 0
    delivered: int = 0
    lost: int = 0
    judged: int = 0
    on_time: int = 0
    days: Counter[int] = field(default_factory=Counter)
    paid: Counter[str] = field(default_factory=Counter)
    shipping: Counter[str] = field(default_factory=Counter)

    @property
    def on_time_share(self) -> float | None:
        """Of those judged; None where nothing was promised that has fallen due."""
        return self.on_time / self.judged if self.judged else None

    @property
    def lost_share(self) -> float | None:
        """Of those that came or were lost; None while all are under way."""
        over = self.delivered + self.lost
        return self.lost / over if over else None

    def days_within(self, percent: int) -> int | None:
        """The working days within which so many percent of those delivered came (nearest rank)."""
        rank = -(-self.days.total() * percent // 100)
        for days in sorted(self.days):
            rank -= self.days[days]
            if rank <= 0:
                return days
        return None

    @property
    def half(self) -> int | None:
        """The median."""
        return self.days_within(_HALF)

    @property
    def most(self) -> int | None:
        """The 90th percentile."""
        return self.days_within(_MOST)

    def shipping_each(self) -> tuple[Money, ...]:
        """What shoppers paid for a parcel on average, a sum for each currency, down to the minor unit."""
        return tuple(Money(self.shipping[code] // self.paid[code], code) for code in sorted(self.paid))

    def add(self, parcel: ScoredParcel, today: date, share: Money | None) -> None:
        """Count a parcel; `share` is its part of the order's shipping."""
        self.sent += 1
        self.lost += parcel.status is _LOST
        arrived_on = _arrived_on(parcel)
        self.delivered += arrived_on is not None
        if arrived_on is not None and parcel.destination:
            calendar = delivery_days(parcel.destination, is_six_day=False)
            sent_on = local_day(parcel.shipped_at, parcel.destination)
            self.days[max(calendar.between(sent_on, arrived_on), 0)] += 1
        self._judge(parcel, arrived_on, today)
        if share is not None:
            self.paid[share.currency] += 1
            self.shipping[share.currency] += share.minor

    def _judge(self, parcel: ScoredParcel, arrived_on: date | None, today: date) -> None:
        if parcel.promised_by is None:
            return
        is_due = arrived_on is not None or parcel.status is _LOST or parcel.promised_by < today
        self.judged += is_due
        self.on_time += arrived_on is not None and arrived_on <= parcel.promised_by


@dataclass(frozen=True, slots=True)
class Scorecard:
    """By carrier, those that sent most first; `lanes`: each carrier's own, likewise. `sent`: all parcels together."""

    carriers: tuple[tuple[ScoredLane, Score], ...]
    lanes: tuple[tuple[ScoredLane, Score], ...]
    sent: int


@dataclass(frozen=True, slots=True)
class Scored:
    """The scorecard of the last `days` as of `made_at` (UTC). `is_cut`: more parcels were sent than were counted."""

    card: Scorecard
    days: int
    made_at: datetime
    is_cut: bool


def scorecard(parcels: Iterable[ScoredParcel], today: date) -> Scorecard:
    """The scores of all these parcels as of a day (UTC's)."""
    known = tuple(parcels)
    carriers: dict[ScoredLane, Score] = {}
    lanes: dict[ScoredLane, Score] = {}
    for parcel, share in _shared(known):
        lane = ScoredLane(parcel.carrier, parcel.origin, parcel.destination, parcel.service)
        for scores, key in ((carriers, ScoredLane(parcel.carrier)), (lanes, lane)):
            scores.setdefault(key, Score()).add(parcel, today, share)
    return Scorecard(_ranked(carriers), _ranked(lanes), len(known))


def _shared(parcels: tuple[ScoredParcel, ...]) -> Iterator[tuple[ScoredParcel, Money | None]]:
    """Each parcel with its part of what was paid for the order's shipping; the parts add up to it."""
    counts = Counter(parcel.order for parcel in parcels)
    parts: dict[OrderId, list[Money]] = {}
    for parcel in parcels:
        if parcel.shipping is None:
            yield parcel, None
            continue
        if parcel.order not in parts:
            parts[parcel.order] = list(parcel.shipping.split([1] * counts[parcel.order]))
        yield parcel, parts[parcel.order].pop()


def _arrived_on(parcel: ScoredParcel) -> date | None:
    """The day it came, local to the destination."""
    if parcel.status is not _ARRIVED or parcel.delivered_at is None or parcel.destination is None:
        return None
    return local_day(parcel.delivered_at, parcel.destination)


def _ranked(scores: Mapping[ScoredLane, Score]) -> tuple[tuple[ScoredLane, Score], ...]:
    def place(each: tuple[ScoredLane, Score]) -> tuple[int, tuple[str, ...]]:
        lane = each[0]
        return -each[1].sent, tuple(part or "" for part in (lane.carrier, lane.origin, lane.destination, lane.service))

    return tuple(sorted(scores.items(), key=place))
