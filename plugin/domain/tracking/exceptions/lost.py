"""The carrier says that it has given the parcel up; a later scan finds it again."""

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.exceptions.episode import AlertKind, Episode, Look


def find(look: Look) -> tuple[Episode, ...]:
    """While it counts as lost."""
    since = look.timeline.since
    is_lost = look.timeline.status is DeliveryStatus.LOST and since is not None
    return (Episode(AlertKind.LOST, since, since),) if is_lost and since else ()
