"""What goes wrong with parcels on their way to the shopper: one rule a file, and when to look again.

Rules are pure: the same reports, days and instant give the same occurrences in whatever order the reports came.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from plugin.domain.tracking.exceptions import customs, damaged, failed_attempt, lost, no_scan, overdue, sent_back
from plugin.domain.tracking.exceptions.episode import Episode, Look
from plugin.domain.tracking.exceptions.patience import Patience
from plugin.domain.tracking.shipment import Purpose, Shipment

RULES: Final[tuple[Callable[[Look], tuple[Episode, ...]], ...]] = (
    no_scan.find,
    customs.find,
    overdue.find,
    failed_attempt.find,
    sent_back.find,
    lost.find,
    damaged.find,
)
TIMED: Final[tuple[Callable[[Look], datetime | None], ...]] = (no_scan.due, customs.due, overdue.due)
"""Rules that the clock alone can make true."""


def look_at(shipment: Shipment, patience: Patience, now: datetime) -> Look:
    """The parcel as of an instant (aware UTC)."""
    return Look(shipment, shipment.timeline(), patience, now)


def occurrences(look: Look) -> tuple[Episode, ...]:
    """Everything that was or is wrong with a parcel on its way to the shopper; what goes back is not waited for."""
    if look.shipment.purpose is not Purpose.OUTBOUND:
        return ()
    return tuple(episode for rule in RULES for episode in rule(look))


def next_look(look: Look) -> datetime | None:
    """When the clock alone will make a rule true, by what is known now; None: only news can."""
    if look.shipment.purpose is not Purpose.OUTBOUND:
        return None
    return min((at for due in TIMED if (at := due(look)) is not None and at > look.now), default=None)


__all__ = ["RULES", "TIMED", "Episode", "Look", "look_at", "next_look", "occurrences"]
