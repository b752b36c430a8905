"""What a parcel becomes with what was told of it: each report once, guesses set right, the carrier's own forecast.

The same reports make the same parcel in whatever order they are heard.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any, Final, NamedTuple

from plugin.domain.times import Source
from plugin.domain.tracking.going_on import Continued, continued
from plugin.domain.tracking.kept_reports import KeptReports
from plugin.domain.tracking.number import NotATrackingNumber, tracking_number
from plugin.domain.tracking.recognising import recognise
from plugin.domain.tracking.report import Leg, Report
from plugin.domain.tracking.shipment import ExpectedDays, Purpose, Shipment, TrackedNumber, changed
from plugin.domain.tracking.steps import SAID, heard_first, in_order, says_more
from plugin.domain.tracking.timeline import timeline_of_distinct
from plugin.ports.carrier import Forecast, Told

_BEFORE: Final = timedelta(days=60)
_AFTER: Final = timedelta(days=400)
"""Carriers use numbers again: what happened so long after it was sent is another parcel's story, or so long before,
where nobody knows what it cannot have been sent before."""
_SLACK: Final = timedelta(days=1)
"""Local times of an unknown zone, and clocks that are wrong."""
_AHEAD: Final = timedelta(hours=14)
"""A local clock that is told as if it were UTC is ahead by this much at most."""
_MOST_NUMBERS: Final = 4
_key = attrgetter("number", "carrier")


class Merged(NamedTuple):
    """The parcel with what was told, and the reports nobody had told before."""

    shipment: Shipment
    reports: tuple[Report, ...]


def merge_told(shipment: Shipment, told: Told, now: datetime) -> Merged:
    """The parcel as it is with what was told of one of its numbers; the very same object where it is no news."""
    numbers = _numbers(shipment, told)
    way = _Way(numbers, shipment.origin or told.origin, shipment.destination or told.destination)
    expected = _expected(shipment.expected, told.forecast, now)
    facts: dict[str, Any] = {}
    if expected is not shipment.expected:
        facts = {"expected": expected, "first_expected": shipment.first_expected or expected}
    if told.service and not shipment.service:
        facts["service"] = told.service
    reports = [each if each.number else replace(each, number=told.number) for each in told.reports]
    return _with(shipment, way, reports, facts)


def add_reports(shipment: Shipment, reports: Iterable[Report]) -> Merged:
    """The parcel with these reports among its own; those of another parcel of the same number are left out."""
    return _with(shipment, _Way(shipment.numbers, shipment.origin, shipment.destination), reports, {})


class _Way(NamedTuple):
    numbers: tuple[TrackedNumber, ...]
    origin: str | None
    destination: str | None


def _with(shipment: Shipment, way: _Way, reports: Iterable[Report], facts: dict[str, Any]) -> Merged:
    """The parcel on this way with these reports and facts; reports are read anew where the way tells more of them."""
    is_same_way = way == (shipment.numbers, shipment.origin, shipment.destination)
    first, last = _span(shipment)
    placed = [each for each in reports if first <= (at := _told_at(each)) <= last and at - each.heard_at <= _AHEAD]
    if len(way.numbers) > 1:
        placed = [_on_leg(each, way.numbers) for each in placed]
    known = shipment.reports
    if is_same_way and isinstance(known, KeptReports) and (found := continued(known, shipment.whereabouts, placed)):
        return _gone_on(shipment, found, facts)
    return _opened(shipment, way, placed, facts, is_same_way=is_same_way)


def _told_at(report: Report) -> datetime:
    return report.said_at if report.said_at.tzinfo else report.said_at.replace(tzinfo=UTC)


def _gone_on(shipment: Shipment, found: Continued, facts: dict[str, Any]) -> Merged:
    """The parcel with what came after all that was known, which has not been opened."""
    if not found.new:
        return Merged(changed(shipment, **facts) if facts else shipment, ())
    heard = changed(
        shipment,
        reports=found.reports,
        whereabouts=found.whereabouts,
        shipped_at=_shipped_at(shipment, found.whereabouts.first_scan),
        **facts,
    )
    return Merged(heard, found.new)


def _opened(
    shipment: Shipment, way: _Way, placed: Sequence[Report], facts: dict[str, Any], *, is_same_way: bool
) -> Merged:
    """The parcel with its whole story made anew, unless nothing is new."""
    known = shipment.reports if is_same_way else [_on_leg(each, way.numbers) for each in shipment.reports]
    told = heard_first({}, known)
    new: dict[object, Report] = {}
    is_news = False
    for each in placed:
        same = SAID(each)
        there = told.get(same)
        if there is None:
            new[same] = each
        is_news = is_news or there is None or says_more(each, there)
    if is_same_way and not is_news:
        return Merged(changed(shipment, **facts) if facts else shipment, ())
    timeline = timeline_of_distinct(in_order(heard_first(told, placed).values()), way.origin, way.destination)
    heard = changed(
        shipment,
        numbers=way.numbers,
        origin=way.origin,
        destination=way.destination,
        reports=timeline.reports,
        whereabouts=timeline.whereabouts,
        shipped_at=_shipped_at(shipment, timeline.first_scan),
        **facts,
    )
    return Merged(heard, tuple(new.values()))


def _shipped_at(before: Shipment, first_scan: datetime | None) -> datetime | None:
    """When a carrier first had it, where nobody else says when."""
    if before.shipped_at not in {None, before.whereabouts.first_scan}:
        return before.shipped_at
    return first_scan or before.shipped_at


def _numbers(shipment: Shipment, told: Told) -> tuple[TrackedNumber, ...]:
    """The numbers with the carrier that answered for one of them, and the one it goes under on its last mile."""
    found = list(shipment.numbers)
    guess = next((at for at, each in enumerate(found) if each.number == told.number and not each.is_confirmed), None)
    if guess is not None and told.is_known and told.carrier and not _has_answered(found, told):
        found[guess] = replace(found[guess], carrier=told.carrier, is_confirmed=True)
    last = _last_mile(shipment, told)
    if last is None or len(found) >= _MOST_NUMBERS or any(_key(each) == _key(last) for each in found):
        return tuple(found)
    return (*(replace(each, leg=Leg.ORIGIN) for each in found), last)


def _has_answered(numbers: Sequence[TrackedNumber], told: Told) -> bool:
    """Whether this carrier is known for one of the number already, and not by guessing."""
    return any(_key(each) == (told.number, told.carrier) and each.is_confirmed for each in numbers)


def _last_mile(shipment: Shipment, told: Told) -> TrackedNumber | None:
    """The number it changes hands under; None: it does not, as far as anybody says."""
    if not (told.final_number or told.final_carrier):
        return None
    try:
        number = tracking_number(told.final_number or told.number)
    except NotATrackingNumber:
        return None
    carriers = {told.carrier, *(each.carrier for each in shipment.numbers if each.number == told.number)}
    if number == told.number and told.final_carrier in {None, *carriers}:
        return None
    if any(each.number == number and number != told.number for each in shipment.numbers):
        return None
    guess = recognise(number, told.destination or shipment.destination).best if not told.final_carrier else None
    carrier = told.final_carrier or (guess.carrier if guess else None)
    return TrackedNumber(number, carrier, Leg.LAST_MILE, is_confirmed=told.final_carrier is not None)


def _on_leg(report: Report, numbers: Sequence[TrackedNumber]) -> Report:
    """The report with the part of the way it is about, by the number and carrier it came with."""
    if len(numbers) == 1 or report.source is not Source.CARRIER:
        return report
    of_number = [each for each in numbers if each.number == report.number]
    of_carrier = [each for each in of_number or numbers if each.carrier == report.carrier]
    found = of_carrier if len(of_number) != 1 else of_number
    return replace(report, leg=found[0].leg) if len(found) == 1 and found[0].leg is not report.leg else report


def _span(shipment: Shipment) -> tuple[datetime, datetime]:
    """When something can have happened to it: nothing is sent before it is ordered, nor back before that is asked."""
    begun = shipment.created_at
    if shipment.not_before is not None:
        first = shipment.not_before - _SLACK
    elif shipment.purpose is Purpose.RETURN:
        first = begun - _SLACK
    else:
        first = min(shipment.shipped_at or begun, begun) - _BEFORE
    return first, begun + _AFTER


def _expected(known: ExpectedDays | None, forecast: Forecast | None, now: datetime) -> ExpectedDays | None:
    if forecast is None or forecast.last < forecast.first:
        return known
    if known and known.by_carrier and (known.first, known.last) == (forecast.first, forecast.last):
        return known
    return ExpectedDays(forecast.first, forecast.last, now, by_carrier=True)
