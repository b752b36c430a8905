"""When a connected shop cannot be read for so long, or so finally, that its owners have to hear of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from plugin.domain.connection import Connection

SILENT_AFTER = timedelta(days=1)
"""Updates and moves take hours; a shop that is away for a day is away for its shoppers too."""


class OutageKind(StrEnum):
    """What of it is the owner's to mend."""

    STOPPED = "stopped"
    """The shop refuses us: nothing is tried again until its owner has acted."""
    SILENT = "silent"
    """The shop gives no useful answer, and is tried again by itself."""


@dataclass(frozen=True, slots=True)
class Outage:
    """One time during which a shop could not be read; `since` is aware UTC and tells it from the next."""

    kind: OutageKind
    since: datetime


def outage(connection: Connection, now: datetime) -> Outage | None:
    """What its owners have to hear of by now; None: the shop is read, or it is too early to tell."""
    if connection.fault is None:
        return None
    since = connection.failing_since or connection.polled_at or connection.connected_at
    if connection.due_at is None:
        return Outage(OutageKind.STOPPED, since)
    return Outage(OutageKind.SILENT, since) if since + SILENT_AFTER <= now else None
