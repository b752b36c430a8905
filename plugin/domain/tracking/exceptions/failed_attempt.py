"""Somebody came and could not hand it over: over once the parcel is out again, or wherever it ends."""

from dataclasses import replace
from typing import Final

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.exceptions.episode import AlertKind, Episode, Look

_S = DeliveryStatus
_ENDS: Final = frozenset({_S.DELIVERED, _S.RETURNING, _S.RETURNED, _S.LOST})
_GOES_ON: Final = frozenset({_S.OUT_FOR_DELIVERY, _S.PICKUP_READY, *_ENDS})
"""Back at the depot is no way on: it lies there, and somebody may choose what becomes of it."""


def find(look: Look) -> tuple[Episode, ...]:
    """Each attempt with those that followed without the parcel having gone out in between."""
    found: list[Episode] = []
    for step in look.timeline.steps:
        at, is_open = step.happened.at, bool(found) and found[-1].until is None
        if step.told.source is Source.ESTIMATE or at > look.now:
            continue
        if step.status is _S.FAILED_ATTEMPT and not is_open:
            found.append(Episode(AlertKind.FAILED_ATTEMPT, at, at))
        elif step.status in _GOES_ON and is_open:
            found[-1] = replace(found[-1], until=at)
    return tuple(_ended(each, look) for each in found)


def _ended(episode: Episode, look: Look) -> Episode:
    """An attempt told for after the end, by who knows less, is over with the parcel's way."""
    if episode.until is not None or look.timeline.status not in _ENDS:
        return episode
    return replace(episode, until=max(episode.since, look.timeline.since or episode.since))
