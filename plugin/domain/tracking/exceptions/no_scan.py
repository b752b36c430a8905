"""No news: nobody has told anything of a parcel that should be moving for so many days (7 unless the lane says)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.exceptions.episode import AlertKind, Episode, Look, lasting

_S = DeliveryStatus
_MOVING: Final = frozenset({_S.UNKNOWN, _S.EXPIRED, _S.INFO_RECEIVED, _S.IN_TRANSIT, _S.OUT_FOR_DELIVERY, _S.EXCEPTION})
_NO_NEWS: Final = frozenset({_S.UNKNOWN, _S.EXPIRED})


def find(look: Look) -> tuple[Episode, ...]:
    """The silences that news ended, and the one there is now."""
    since, due_at = _silent_since(look), due(look)
    lasts = () if since is None or due_at is None else lasting(AlertKind.NO_SCAN, since, due_at, look.now)
    return (*_broken(look), *lasts)


def _broken(look: Look) -> Iterator[Episode]:
    """Each with the news that ended it, so that the next silence is one of its own."""
    patience = timedelta(days=look.patience.no_scan_days)
    for (since, status), (until, _) in pairwise(_news(look)):
        if status in _MOVING and since + patience <= until:
            yield Episode(AlertKind.NO_SCAN, since, since + patience, until)


def due(look: Look) -> datetime | None:
    """When the silence will have lasted long enough; None: nothing is waited for."""
    since = _silent_since(look)
    return None if since is None else since + timedelta(days=look.patience.no_scan_days)


def _silent_since(look: Look) -> datetime | None:
    """The last news; None where the parcel is not moving, and where no carrier has ever told of it."""
    news = _news(look)
    return news[-1][0] if news and look.timeline.status in _MOVING else None


def _news(look: Look) -> list[tuple[datetime, DeliveryStatus]]:
    """When it was heard of and as what, the earliest first; that it left is news too.

    Nothing where nobody reads the carrier's scans: silence then says nothing about the parcel.
    """
    told = [step for step in look.timeline.steps if step.told.source is not Source.ESTIMATE]
    if not any(step.told.source is Source.CARRIER for step in told):
        return []
    news = [(step.happened.at, step.status) for step in told if step.status not in _NO_NEWS]
    left = look.shipment.shipped_at
    heard = [(at, status) for at, status in news if at <= look.now]
    return sorted([*heard, *([(left, _S.IN_TRANSIT)] if left else [])], key=lambda each: each[0])
