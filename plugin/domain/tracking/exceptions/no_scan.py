"""No news: nobody has told anything of a parcel that should be moving for so many days (7 unless the lane says)."""

from datetime import datetime, timedelta
from typing import Final

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.exceptions.episode import AlertKind, Episode, Look, lasting

_S = DeliveryStatus
_MOVING: Final = frozenset({_S.UNKNOWN, _S.EXPIRED, _S.INFO_RECEIVED, _S.IN_TRANSIT, _S.OUT_FOR_DELIVERY, _S.EXCEPTION})
_NO_NEWS: Final = frozenset({_S.UNKNOWN, _S.EXPIRED})


def find(look: Look) -> tuple[Episode, ...]:
    """The silence there is now."""
    since, due_at = _silent_since(look), due(look)
    return () if since is None or due_at is None else lasting(AlertKind.NO_SCAN, since, due_at, look.now)


def due(look: Look) -> datetime | None:
    """When the silence will have lasted long enough; None: nothing is waited for."""
    since = _silent_since(look)
    return None if since is None else since + timedelta(days=look.patience.no_scan_days)


def _silent_since(look: Look) -> datetime | None:
    """The last news; None where the parcel is not moving, and where no carrier has ever told of it.

    Where nobody reads the carrier's scans, silence says nothing about the parcel.
    """
    if look.timeline.status not in _MOVING:
        return None
    told = [step for step in look.timeline.steps if step.told.source is not Source.ESTIMATE]
    if not any(step.told.source is Source.CARRIER for step in told):
        return None
    news = [step.happened.at for step in told if step.status not in _NO_NEWS and step.happened.at <= look.now]
    left = look.shipment.shipped_at
    return max([*news, *([left] if left else [])], default=None)
