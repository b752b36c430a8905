"""On its way back to the sender, or back there: refused, not collected, or badly addressed."""

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.exceptions.episode import AlertKind, Episode, Look

_BACK = frozenset({DeliveryStatus.RETURNING, DeliveryStatus.RETURNED})


def find(look: Look) -> tuple[Episode, ...]:
    """Since the first step of the way back."""
    if look.timeline.status not in _BACK:
        return ()
    since = min(step.happened.at for step in look.timeline.steps if step.status in _BACK)
    return (Episode(AlertKind.SENT_BACK, since, since),)
