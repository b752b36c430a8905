"""When the goods of a line were in the shopper's hands, as somebody who knows reported it.

Only carrier, platform and merchant report; an estimate is kept apart and starts nothing. What is doubtful counts as
not yet arrived, because a period that has not started cannot end too early; so does what a platform says arrived before
it was ordered: years like 1970 stand for no date at all.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from plugin.domain.ids import LineId
from plugin.domain.order import DeliveryStatus, FulfilledLine, Fulfilment, Order, OrderLine, RefundAllocation
from plugin.domain.stored import DeliveryMark, ParcelArrival, StoredOrder
from plugin.domain.times import Moment, Source

CALLED_OFF = frozenset({"cancelled", "canceled", "error", "failure", "failed"})
"""Fulfilments that never left or were called off (Shopify FulfillmentStatus, API 2026-01; WooCommerce has none)."""

_NOTHING: frozenset[str] = frozenset()
_TO_COME = frozenset({""})


@dataclass(frozen=True, slots=True)
class Arrival:
    """The last reported delivery of some goods; `delivered` None: not everything has been reported delivered yet.

    `estimated` is when the last of it is expected, None when nobody said. `parcels` and `arrived` name fulfilments, so
    that two lines in one parcel are one parcel; what has not been sent yet is a parcel to come.
    """

    delivered: Moment | None
    estimated: Moment | None = None
    shipped: Moment | None = None
    """When the last of it left, once all of it has."""
    parcels: frozenset[str] = frozenset()
    arrived: frozenset[str] = frozenset()


def line_arrival(
    line: OrderLine, order: Order, marks: Sequence[DeliveryMark], told: Sequence[ParcelArrival] = ()
) -> Arrival:
    """When the last unit of a line arrived: every parcel with it, and no unit still to be sent.

    The merchant's mark, or else the order's own status, completes what carriers did not report and never moves an
    arrival earlier than a report. The mark goes before the status: it names the day, the status only a latest one.
    What is `told` of a parcel counts instead of what the platform says of it.
    """
    live = [f for f in order.fulfilments if f.status not in CALLED_OFF and _units(f, line)]
    placed_at = order.placed.at
    reports = [fulfilment_arrival(f, told, placed_at) for f in live]
    known = [moment for moment in reports if moment is not None]
    last = max(known, key=_instant, default=None)
    is_all_sent = bool(live) and not _units_to_come(line, live, order, known)
    mark = _mark_for(line.id, marks) or _believed(order.delivered, placed_at)
    delivered = _later(mark, last) if mark else (last if is_all_sent and len(known) == len(live) else None)
    parcels = frozenset(f.id for f in live) | (_NOTHING if is_all_sent or mark else _TO_COME)
    return Arrival(
        delivered=delivered,
        estimated=_estimated(live, told, placed_at) if live and delivered is None else None,
        shipped=_last([f.shipped for f in live]) if is_all_sent else None,
        parcels=parcels,
        arrived=parcels if delivered else frozenset(f.id for f, r in zip(live, reports, strict=True) if r),
    )


def last_arrival(arrivals: Sequence[Arrival]) -> Arrival:
    """When the last of several goods arrived: not before each of them has (Directive 2011/83/EU art. 9(2)(b)(i))."""
    delivered = [a.delivered for a in arrivals if a.delivered]
    expected = [a.delivered or a.estimated for a in arrivals]
    known = [moment for moment in expected if moment]
    return Arrival(
        delivered=max(delivered, key=_instant) if arrivals and len(delivered) == len(arrivals) else None,
        estimated=max(known, key=_instant) if arrivals and len(known) == len(arrivals) else None,
        shipped=_last([a.shipped for a in arrivals]),
        parcels=_NOTHING.union(*(a.parcels for a in arrivals)),
        arrived=_NOTHING.union(*(a.arrived for a in arrivals)),
    )


def units_left(order: Order) -> Mapping[LineId, int]:
    """Units per line that were neither refunded nor taken off; a platform may tell either way, or both ways."""
    refunded = _units_by_line(refund.lines for refund in order.refunds)
    return {line.id: line.quantity - max(refunded[line.id], line.removed) for line in order.lines}


def _last(moments: Sequence[Moment | None]) -> Moment | None:
    """The last of these, once all are known."""
    known = [moment for moment in moments if moment]
    return max(known, key=_instant) if known and len(known) == len(moments) else None


def _instant(moment: Moment) -> datetime:
    return moment.at


def _later(mark: Moment, report: Moment | None) -> Moment:
    return report if report and report.at > mark.at else mark


def _units(fulfilment: Fulfilment, line: OrderLine) -> int:
    if not fulfilment.lines:
        return line.quantity
    return sum(part.quantity for part in fulfilment.lines if part.line == line.id)


def _units_to_come(line: OrderLine, live: Sequence[Fulfilment], order: Order, known: Sequence[Moment]) -> bool:
    """Whether a unit has not been sent yet. A unit refunded after the first arrival may be one that came back."""
    sent = sum([_units(f, line) for f in live])
    if not order.refunds and not line.removed:
        return sent < line.quantity
    first = min(known, key=_instant, default=None)
    before = (r for r in order.refunds if r.return_id is None and (first is None or r.moment.at < first.at))
    called_off = _units_by_line(refund.lines for refund in before)[line.id]
    return sent + called_off + _edited_off(line, order) < line.quantity


def _edited_off(line: OrderLine, order: Order) -> int:
    """Units taken off by an edit of the order: removed, and neither refunded nor sent back."""
    if not line.removed:
        return 0
    refunded = _units_by_line(refund.lines for refund in order.refunds)[line.id]
    sent_back = _units_by_line(entry.lines for entry in order.returns)[line.id]
    return max(line.removed - refunded - sent_back, 0)


def _units_by_line(parts: Iterable[Sequence[FulfilledLine | RefundAllocation]]) -> Counter[LineId]:
    units: Counter[LineId] = Counter()
    for part in chain.from_iterable(parts):
        units[part.line] += part.quantity
    return units


def fulfilment_arrival(fulfilment: Fulfilment, told: Sequence[ParcelArrival], placed_at: datetime) -> Moment | None:
    """When the last parcel of a fulfilment arrived: what is told of each, else what the platform reports of them.

    `placed_at`: when its order was; nothing arrived before.
    """
    known = [each for each in told if each.fulfilment == fulfilment.id] if told else ()
    if not known:
        return _delivered(fulfilment, placed_at)
    numbers = {bare_number(parcel.number) for parcel in fulfilment.parcels if parcel.number}
    about = [each for each in known if each.number in numbers]
    moments = [each.delivered for each in about]
    if len({each.number for each in about}) < len(numbers):
        moments.append(_delivered(fulfilment, placed_at))
    return _last(moments)


def told_arrivals(stored: StoredOrder) -> tuple[Moment, ...]:
    """When the order's parcels arrived by anybody's word but the platform's; none whose number was taken off it."""
    live = [each for each in stored.order.fulfilments if each.status not in CALLED_OFF] if stored.arrivals else ()
    sent = {(each.id, bare_number(parcel.number)) for each in live for parcel in each.parcels if parcel.number}
    return tuple(e.delivered for e in stored.arrivals if e.delivered and (e.fulfilment, e.number) in sent)


def bare_number(number: str) -> str:
    """As a parcel's number is followed; what is no number, and is followed by nobody, still has to arrive.

    Tracking is built on the clocks, which therefore cannot ask `plugin.domain.tracking.number`.
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", number))).upper()


def _believed(moment: Moment | None, placed_at: datetime) -> Moment | None:
    return moment if moment and moment.at >= placed_at else None


def _delivered(fulfilment: Fulfilment, placed_at: datetime) -> Moment | None:
    """The last delivery report of a fulfilment, once one reporter has seen as many arrive as there are parcels."""
    delivered = [e.moment for e in fulfilment.events if e.status is DeliveryStatus.DELIVERED]
    reports = [each for each in delivered if each.source is not Source.ESTIMATE and _believed(each, placed_at)]
    parcels = len({parcel.number for parcel in fulfilment.parcels if parcel.number})
    if parcels > 1 and max(Counter(moment.source for moment in {*reports}).values(), default=0) < parcels:
        return None
    return max(reports, key=_instant, default=None)


def _estimated(live: Sequence[Fulfilment], told: Sequence[ParcelArrival], placed_at: datetime) -> Moment | None:
    """When the last parcel is expected: its report, else its latest estimate; None if a parcel has neither."""
    expected = [fulfilment_arrival(f, told, placed_at) or _estimate(f) for f in live]
    known = [moment for moment in expected if moment]
    return max(known, key=_instant) if known and len(known) == len(live) else None


def _estimate(fulfilment: Fulfilment) -> Moment | None:
    guesses = [e.moment for e in fulfilment.events if e.moment.source is Source.ESTIMATE]
    known = [*guesses, fulfilment.estimated] if fulfilment.estimated else guesses
    return max(known, key=_instant, default=None)


def _mark_for(line: LineId, marks: Sequence[DeliveryMark]) -> Moment | None:
    """What the merchant said last about this line; said at the same time, the line's own word beats the order's."""
    about = [mark for mark in marks if mark.line in (None, line)]
    last = max(about, key=lambda mark: (mark.marked_at, mark.line is not None), default=None)
    return replace(last.moment, source=Source.MERCHANT) if last else None
