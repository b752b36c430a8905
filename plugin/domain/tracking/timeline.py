"""Where a parcel is, and since when it is there: one timeline of all legs and tellers.

Late and out-of-order reports never move it back: what counts is when a thing happened, not when it was heard of; who
knows less moves it forward only; and what has arrived can only be on its way back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Moment, Source
from plugin.domain.tracking.report import Leg, Report
from plugin.domain.tracking.steps import ON_ITS_WAY, PHASES, RANKS, Step, distinct, steps_of
from plugin.domain.tracking.whereabouts import Whereabouts

_S = DeliveryStatus
_BACK: Final = frozenset({_S.RETURNING, _S.RETURNED})
FINAL: Final = frozenset({_S.DELIVERED, _S.RETURNED, _S.LOST})
"""After which a carrier is not asked as often any more."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A parcel's steps, the earliest first, and what they come to. Instants UTC.

    `since`: when it became `status`, the first of several steps that say so; None: nobody has told anything that
    counts. `first_scan` and `last_scan`: when a carrier first and last had it in hand. `delivered`: what a period may
    start from, with who says so, the latest it can have been. `reports`: everything that was told, corrected reports
    included.
    """

    steps: tuple[Step, ...]
    reports: tuple[Report, ...]
    status: DeliveryStatus
    since: datetime | None
    first_scan: datetime | None
    last_scan: datetime | None
    delivered: Moment | None

    @property
    def is_final(self) -> bool:
        """Whether nothing more is expected to happen."""
        return self.status in FINAL

    @property
    def whereabouts(self) -> Whereabouts:
        """What it comes to."""
        return Whereabouts(self.status, self.since, self.first_scan, self.last_scan, self.delivered)


def timeline_of(reports: Iterable[Report], origin: str | None = None, destination: str | None = None) -> Timeline:
    """The timeline of a parcel sent from one country to another (ISO 3166-1; None: not known)."""
    return timeline_of_distinct(distinct(reports), origin, destination)


def timeline_of_distinct(told: tuple[Report, ...], origin: str | None, destination: str | None) -> Timeline:
    """The same of reports that are distinct and in order already, as `distinct` gives them."""
    steps = steps_of(told, origin, destination)
    status, since = _standing(steps)
    scans = [step.happened.at for step in steps if step.told.source is Source.CARRIER and PHASES[step.status] > 1]
    return Timeline(
        steps=steps,
        reports=told,
        status=status,
        since=since,
        first_scan=min(scans, default=None),
        last_scan=max(scans, default=None),
        delivered=_delivered(steps),
    )


def stands_after(stands: Whereabouts, later: Iterable[tuple[DeliveryStatus, datetime]]) -> Whereabouts:
    """Where a parcel is after steps of its last mile's carrier that came later than all before (`going_on`)."""
    status, since, first_scan, last_scan = stands.status, stands.since, stands.first_scan, stands.last_scan
    delivered = stands.delivered
    for step, at in later:
        if PHASES[step] > 1:
            first_scan, last_scan = first_scan or at, at
        if step is _S.DELIVERED:
            delivered = Moment(at, Source.CARRIER)
        is_left = _is_left(status, step)
        if step is not _S.UNKNOWN and (
            status is _S.UNKNOWN or (step is not _S.INFO_RECEIVED if is_left is None else is_left)
        ):
            since = since if status is step else at
            status = step
    return Whereabouts(status, since, first_scan, last_scan, delivered)


def _standing(steps: Iterable[Step]) -> tuple[DeliveryStatus, datetime | None]:
    """Where it is now, and since when."""
    standing: Step | None = None
    since: datetime | None = None
    has_last_mile = False
    for step in steps:
        if _counts(step) and (standing is None or _moves(standing, step, has_last_mile=has_last_mile)):
            since = since if standing and standing.status is step.status else step.happened.at
            standing = step
        has_last_mile = has_last_mile or _begins_last_mile(step)
    return (standing.status if standing else _S.UNKNOWN), since


def _counts(step: Step) -> bool:
    return step.status is not _S.UNKNOWN and step.told.source is not Source.ESTIMATE


def _moves(standing: Step, step: Step, *, has_last_mile: bool) -> bool:
    """Whether a later step takes the place of the one that stands."""
    is_left = _is_left(standing.status, step.status)
    return is_left if is_left is not None else not _is_behind(standing, step, has_last_mile=has_last_mile)


def _is_left(status: DeliveryStatus, for_status: DeliveryStatus) -> bool | None:
    """Whether a parcel that came so far can go on to this; None: that depends on who says so."""
    match status:
        case _S.RETURNED:
            return False
        case _S.RETURNING:
            return for_status in {_S.RETURNED, _S.LOST}
        case _S.DELIVERED:
            return for_status in _BACK
        case _S.LOST:
            return for_status in {*ON_ITS_WAY, _S.DELIVERED, *_BACK}
        case _:
            return None


def _is_behind(standing: Step, step: Step, *, has_last_mile: bool) -> bool:
    """Whether a step only tells what was before: an announcement, the first leg's echo, the word of who knows less."""
    if step.status is _S.INFO_RECEIVED:
        return True
    if PHASES[step.status] >= PHASES[standing.status]:
        return False
    is_weaker = RANKS[step.told.source] > RANKS[standing.told.source]
    return is_weaker or (has_last_mile and step.told.leg is Leg.ORIGIN)


def _begins_last_mile(step: Step) -> bool:
    return step.told.leg is Leg.LAST_MILE and step.told.source is Source.CARRIER and PHASES[step.status] > 1


def _delivered(steps: Iterable[Step]) -> Moment | None:
    """The most credible delivery to the shopper; of several as credible ones the last, which is in their favour."""
    found = [s for s in steps if s.status is _S.DELIVERED and s.told.source is not Source.ESTIMATE]
    best = max(found, key=_trust, default=None)
    return Moment(best.happened.latest, best.told.source) if best else None


def _trust(step: Step) -> tuple[object, ...]:
    return (-RANKS[step.told.source], step.told.leg is Leg.LAST_MILE, step.happened.latest)
