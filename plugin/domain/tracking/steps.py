"""The steps of a parcel's way, made of what several tellers reported of it: duplicates merged, two legs in one line.

The same reports give the same steps in whatever order they came.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from operator import attrgetter
from typing import Final

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.local_times import Happened, happened
from plugin.domain.tracking.report import EventPlace, Leg, Report

STRENGTH: Final = (Source.CARRIER, Source.PLATFORM, Source.MERCHANT, Source.STATUS, Source.ESTIMATE)
"""Who is believed before whom: a carrier's scan beats the platform's word, and both an estimate."""
RANKS: Final = {source: rank for rank, source in enumerate(STRENGTH)}
_S = DeliveryStatus
PHASES: Final = {
    _S.UNKNOWN: 0,
    _S.EXPIRED: 0,
    _S.INFO_RECEIVED: 1,
    _S.IN_TRANSIT: 2,
    _S.CUSTOMS: 2,
    _S.EXCEPTION: 3,
    _S.OUT_FOR_DELIVERY: 3,
    _S.FAILED_ATTEMPT: 3,
    _S.PICKUP_READY: 3,
    _S.LOST: 4,
    _S.DELIVERED: 5,
    _S.RETURNING: 6,
    _S.RETURNED: 7,
}
"""How far along the way each is; also the order of what was reported for the same instant."""
ON_ITS_WAY: Final = frozenset({_S.IN_TRANSIT, _S.CUSTOMS, _S.OUT_FOR_DELIVERY, _S.FAILED_ATTEMPT, _S.PICKUP_READY})
"""The carrier has it, and nobody else yet."""
_SCANS: Final = frozenset({2, 3, 5})
"""Phases that show a carrier to have had the parcel on its way to the shopper."""
_PLACE: Final = tuple(f"place.{each.name}" for each in fields(EventPlace))
_NOT_SAID: Final = frozenset({"heard_at", "leg", "place"})
_PARTS: Final = (*(each.name for each in fields(Report) if each.name not in _NOT_SAID), *_PLACE)
SAID: Final = attrgetter(*_PARTS)
"""What makes two reports the same, whenever they were heard, and whichever leg they were taken for."""
SAID_OF_LEG: Final = attrgetter("leg", *_PARTS)
"""The same with the leg."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, and everybody who told it (`reports`, the most credible first).

    `status` is what it means on the whole way, which may be more than the teller knew: an origin carrier's "delivered"
    before the last mile has begun is a handover, a delivery after the return began is one to the sender, and who is no
    carrier was wrong about a delivery after which the last mile's still had it on its way.
    """

    status: DeliveryStatus
    happened: Happened
    reports: tuple[Report, ...]

    @property
    def told(self) -> Report:
        """The most credible report of it."""
        return self.reports[0]


def country_of(leg: Leg, origin: str | None, destination: str | None) -> str | None:
    """Where a leg takes place, for events that do not say where they happened."""
    return origin if leg is Leg.ORIGIN else destination


def steps_of(told: Collection[Report], origin: str | None, destination: str | None) -> tuple[Step, ...]:
    """The steps, the earliest first; of `distinct` reports."""
    groups: dict[tuple[DeliveryStatus, datetime], list[tuple[Report, Happened]]] = defaultdict(list)
    for report in current(told):
        when = happened(report.said_at, report.place, country_of(report.leg, origin, destination))
        groups[report.status, when.at.replace(second=0, microsecond=0)].append((report, when))
    found: list[Step] = []
    for group in groups.values():
        if len(group) == 1:
            ((report, when),) = group
            found.append(Step(report.status, when, (report,)))
        else:
            found += _merged(group)
    return _meant(_in_line(found))


def distinct(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Each report once, as it was heard first, in a fixed order: carriers repeat the whole story whenever asked."""
    return in_order(heard_first({}, reports).values())


def heard_first(known: dict[object, Report], reports: Iterable[Report]) -> dict[object, Report]:
    """`known`, by `SAID`, with each of these that it has not, or that `says_more` than the same one there."""
    for report in reports:
        same = SAID(report)
        there = known.get(same)
        known[same] = report if there is None else _first(report, there)
    return known


def says_more(report: Report, than: Report) -> bool:
    """Whether of two same reports this was heard earlier, or is known to be of the first leg.

    Who tells of a last mile later tells what went before once more, as the first leg that it was all along.
    """
    return report.heard_at < than.heard_at or (report.leg is Leg.ORIGIN and than.leg is not Leg.ORIGIN)


def _first(report: Report, there: Report) -> Report:
    """Of the same two what was heard first, on the first leg where either says so."""
    first, other = (report, there) if _earlier(report, there) else (there, report)
    return replace(first, leg=other.leg) if says_more(other, first) else first


def in_order(told: Iterable[Report]) -> tuple[Report, ...]:
    """Distinct reports in the order of `distinct`; as a rule when they were said settles it."""
    said: dict[tuple[bool, str], Report] = {}
    several = list(told)
    for report in several:
        said[_said(report)] = report
    if len(said) == len(several):
        return tuple(said[at] for at in sorted(said))
    return tuple(sorted(several, key=_order))


def current(told: Collection[Report]) -> tuple[Report, ...]:
    """The distinct reports that still stand: one that its teller gave again under the same id is what was said last."""
    if all(report.id is None for report in told):
        return tuple(told)
    last: dict[object, Report] = {}
    for report in told:
        mark = (report.source, report.carrier, report.number, report.id) if report.id else SAID(report)
        standing = last.get(mark)
        if standing is None or report.heard_at >= standing.heard_at:
            last[mark] = report
    return tuple(last.values())


def _merged(told: Sequence[tuple[Report, Happened]]) -> Iterable[Step]:
    """The steps that reports of one status and minute make: of one carrier each wording is a scan of its own.

    What other tellers say of that minute is about the same thing, and joins the first of them.
    """
    ordered = sorted(told, key=lambda pair: _credibility(*pair))
    lead = ordered[0][0]
    scans: dict[str, list[tuple[Report, Happened]]] = {}
    for report, when in ordered:
        is_lead = (report.source, report.leg, report.carrier) == (lead.source, lead.leg, lead.carrier)
        words = _wording(report) if is_lead or _wording(report) in scans else ""
        scans.setdefault(words or next(iter(scans), ""), []).append((report, when))
    for pairs in scans.values():
        yield Step(pairs[0][0].status, pairs[0][1], tuple(report for report, _ in pairs))


def _meant(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps by what they mean on the whole way."""
    last_mile = [step.happened.at for step in steps if _is_last_mile_scan(step)]
    until = max(last_mile, default=None)
    on_way = max((s.happened.at for s in steps if s.status in ON_ITS_WAY and _is_last_mile_scan(s)), default=None)
    back = min((s.happened.at for s in steps if s.status is _S.RETURNING), default=None)
    meant = []
    for step in steps:
        status = step.status
        if status is _S.DELIVERED and step.told.source is not Source.ESTIMATE:
            at = step.happened.at
            if back is not None and at > back:
                status = _S.RETURNED
            elif (step.told.leg is Leg.ORIGIN and until is not None and at < until) or (
                step.told.source is not Source.CARRIER and on_way is not None and at < on_way
            ):
                status = _S.IN_TRANSIT
        meant.append(step if status is step.status else replace(step, status=status))
    return tuple(meant)


def _is_last_mile_scan(step: Step) -> bool:
    told = step.told
    return told.leg is Leg.LAST_MILE and told.source is Source.CARRIER and PHASES[step.status] in _SCANS


def _in_line(found: Sequence[Step]) -> list[Step]:
    """By when they happened, at the same instant by how far along the way, then the most credible first."""
    places = {(step.happened.at, PHASES[step.status]): step for step in found}
    if len(places) == len(found):
        return [places[each] for each in sorted(places)]
    return sorted(found, key=lambda s: (s.happened.at, PHASES[s.status], _credibility(s.told, s.happened)))


def _credibility(report: Report, when: Happened) -> tuple[object, ...]:
    """The more credible first: the stronger teller, the last mile, a certain zone; equals stay in their fixed order."""
    return (RANKS[report.source], report.leg is Leg.ORIGIN, not when.is_certain, when.at)


def _wording(report: Report) -> str:
    return " ".join((report.message or "").casefold().split())


def _earlier(report: Report, than: Report) -> bool:
    """Whether it was heard before; at the same time, the one written in the smaller zone, so that no order counts."""
    return (report.heard_at, report.said_at.isoformat()) < (than.heard_at, than.said_at.isoformat())


def _order(report: Report) -> tuple[object, ...]:
    """A fixed order of reports, which no two unlike ones share."""
    told = (report.status, report.source, report.leg, report.carrier or "", report.number or "", report.id or "")
    place = report.place
    where = (place.country or "", place.state or "", place.postcode or "", place.words or "")
    return (_said(report), report.heard_at, told, report.message or "", where, report.raw)


def _said(report: Report) -> tuple[bool, str]:
    return (report.said_at.tzinfo is None, report.said_at.isoformat())
