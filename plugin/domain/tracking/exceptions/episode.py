"""Something about a parcel that should not be: what kind, and from when to when it was so."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plugin.domain.tracking.exceptions.patience import Patience
from plugin.domain.tracking.shipment import Shipment
from plugin.domain.tracking.timeline import Timeline


class AlertKind(StrEnum):
    """What is wrong."""

    NO_SCAN = "no_scan"
    CUSTOMS = "customs"
    OVERDUE = "overdue"
    FAILED_ATTEMPT = "failed_attempt"
    SENT_BACK = "sent_back"
    LOST = "lost"
    DAMAGED = "damaged"


DELAYS = frozenset({AlertKind.NO_SCAN, AlertKind.CUSTOMS, AlertKind.OVERDUE})
"""Kinds that a shopper is told of as one thing: it is late."""


@dataclass(frozen=True, slots=True)
class Look:
    """A parcel as rules see it at `now` (aware UTC); `timeline` is the shipment's own, computed once."""

    shipment: Shipment
    timeline: Timeline
    patience: Patience
    now: datetime


@dataclass(frozen=True, slots=True)
class Episode:
    """One occurrence. `since`: from when it was so; `due_at`: when that had lasted long enough to be one; both UTC.

    `until`: when the parcel moved on; None: it is so now.
    """

    kind: AlertKind
    since: datetime
    due_at: datetime
    until: datetime | None = None


def lasting(kind: AlertKind, since: datetime, due_at: datetime, now: datetime) -> tuple[Episode, ...]:
    """What lasts is an occurrence once its time has come."""
    return (Episode(kind, since, due_at),) if due_at <= now else ()
