"""Where a parcel stands, as its timeline came out: kept, so that nobody has to make the timeline to know it."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Moment


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`status`, `since`, the scans and `delivered` as `plugin.domain.tracking.timeline.Timeline` has them."""

    status: DeliveryStatus
    since: datetime | None = None
    first_scan: datetime | None = None
    last_scan: datetime | None = None
    delivered: Moment | None = None


UNTOLD = Whereabouts(DeliveryStatus.UNKNOWN)
"""Nobody has told anything that counts."""
