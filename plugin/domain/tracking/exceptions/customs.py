"""Held at customs for so many days (5 unless the lane says)."""

from datetime import datetime, timedelta

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.exceptions.episode import AlertKind, Episode, Look, lasting


def find(look: Look) -> tuple[Episode, ...]:
    """The hold there is now."""
    since, due_at = look.timeline.since, due(look)
    return () if since is None or due_at is None else lasting(AlertKind.CUSTOMS, since, due_at, look.now)


def due(look: Look) -> datetime | None:
    """When it will have lasted long enough; None: it is not at customs."""
    if look.timeline.status is not DeliveryStatus.CUSTOMS or look.timeline.since is None:
        return None
    return look.timeline.since + timedelta(days=look.patience.customs_days)
