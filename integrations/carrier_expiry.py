"""That who asks the carrier has stopped, for nothing was told any more: services say so without saying since when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.report import Leg, Report

_NEXT: Final = timedelta(microseconds=1)


def with_expiry(reports: tuple[Report, ...], name: str) -> tuple[Report, ...]:
    """What was told with that nothing was told since: the same report however often it is heard.

    It stands right after the last event, under `name` as its id; where there is no event, there is no since.
    """
    last = max(reports, key=_by_time, default=None)
    if last is None:
        return ()
    said_at, place = last.said_at + _NEXT, replace(last.place, postcode=None, words=None)
    end = replace(last, status=DeliveryStatus.EXPIRED, said_at=said_at, source=Source.CARRIER, place=place)
    return (*reports, replace(end, carrier=None, id=name, message=None, raw=""))


def _by_time(report: Report) -> tuple[bool, datetime]:
    """The last mile's before the first leg's, whose events are an echo once it has begun."""
    at = report.said_at
    return report.leg is Leg.LAST_MILE, at if at.tzinfo else at.replace(tzinfo=UTC)
