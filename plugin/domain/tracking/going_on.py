"""Go on from where a parcel's story stood, without opening it: where an answer repeats it and tells of what came after.

What comes out is what the whole story would come to; wherever that is not plain, nobody goes on.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Final, NamedTuple

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.kept_reports import BY_TIME, Gist, KeptReports
from plugin.domain.tracking.report import Leg, Report
from plugin.domain.tracking.timeline import stands_after
from plugin.domain.tracking.whereabouts import Whereabouts

_HEARD_AT: Final = attrgetter("heard_at")
_APART: Final = timedelta(minutes=1)
"""What is told of one minute may be one step."""


class Continued(NamedTuple):
    """All reports, where the parcel stands with them, and which of them are `new`, the earliest first."""

    reports: KeptReports
    whereabouts: Whereabouts
    new: tuple[Report, ...]


def continued(known: KeptReports, stands: Whereabouts, answer: Sequence[Report]) -> Continued | None:
    """What an answer makes of a story that is not opened.

    None: it has to be, for the answer leaves out, changes or adds to what was known, or may change what it means.
    """
    if not answer:
        return Continued(known, stands, ())
    gist = known.gist
    try:
        told = sorted(answer, key=BY_TIME)
    except TypeError:  # some with a zone, some without
        return None
    repeated, new = told[: gist.count], told[gist.count :]
    mark, mark_of_all = known.marks(repeated, new)
    if mark != gist.mark or min(map(_HEARD_AT, told)) < gist.heard_until:
        return None
    if not new:
        return Continued(known, stands, ())
    steps = _plainly_later(new, gist.happened_until) if gist.happened_until else None
    if steps is None:
        return None
    after = Gist(len(told), mark_of_all, max(map(_HEARD_AT, new)), steps[-1][1])
    return Continued(known.with_added(new, after), stands_after(stands, steps), tuple(new))


def _plainly_later(new: Sequence[Report], until: datetime) -> list[tuple[DeliveryStatus, datetime]] | None:
    """Each as a step of its own on the last mile, a minute after all before or later; None: one is no such step."""
    steps: list[tuple[DeliveryStatus, datetime]] = []
    last = until
    for each in new:
        is_scan = each.source is Source.CARRIER and each.leg is Leg.LAST_MILE and each.said_at.tzinfo is not None
        if not is_scan or each.id or each.status is DeliveryStatus.RETURNING:
            return None
        at = each.said_at.astimezone(UTC)
        if at - last < _APART:
            return None
        steps.append((each.status, at))
        last = at
    return steps
