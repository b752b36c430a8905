"""The carrier says that the parcel was damaged, in its code or in words; moving on repairs nothing.

It is over only on the way back: until then somebody has to look, the carrier's time for claims runs.
"""

import re
from typing import Final

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.exceptions.episode import AlertKind, Episode, Look
from plugin.domain.tracking.steps import Step

_BACK = frozenset({DeliveryStatus.RETURNING, DeliveryStatus.RETURNED})
_SAYS_SO: Final = re.compile(
    r"damag|exception_damage|beschädig|endommag|dañad|averiad|danneggiat|uszkodz|beschadig|破损|损坏|تالف",
    re.IGNORECASE,
)
"""Stems of the word in the languages that carriers write in, and 17TRACK's code for it."""
_DENIES: Final = re.compile(r"\b(not|no|un)[ -]?damag|undamag|unbeschädig", re.IGNORECASE)


def find(look: Look) -> tuple[Episode, ...]:
    """Since it was told first."""
    told = [step.happened.at for step in look.timeline.steps if _is_told(step)]
    if not told or look.timeline.status in _BACK:
        return ()
    return (Episode(AlertKind.DAMAGED, min(told), min(told)),)


def _is_told(step: Step) -> bool:
    if step.status is not DeliveryStatus.EXCEPTION:
        return False
    said = [text for report in step.reports for text in (report.message, report.raw) if text]
    return any(_SAYS_SO.search(text) and not _DENIES.search(text) for text in said)
