"""What can be said of a first reading: how far it is, how long it still takes, or why it stands still."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from plugin.domain.connection import Connection
from plugin.domain.first_reading import SILENT

_UNCOUNTED = timedelta(minutes=10)
"""Products come before orders, changes after them; neither are counted. Longer than a poll of either."""


class Pace(StrEnum):
    """How it goes on."""

    STARTING = "starting"
    """It goes on, and there is nothing yet to tell the rest by."""
    READING = "reading"
    WAITING = "waiting"
    """Nothing has come for a while: no worker runs, or it reads other shops first."""
    FAILING = "failing"
    """The shop could not be read; it is tried again by itself."""
    STOPPED = "stopped"
    """It rests until the merchant has acted."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Orders as the shop counts them; None is what nobody knows. `left` goes with `READING` alone."""

    pace: Pace
    done: int | None
    total: int | None
    left: timedelta | None = None


def progress(connection: Connection, now: datetime) -> Progress | None:
    """How the first reading of a shop stands; None once the shop has been read to its end."""
    if connection.polled_at is not None:
        return None
    first = connection.first
    pace = _pace(connection, now)
    if first is None:
        return Progress(pace, None, None)
    left = first.left if pace is Pace.READING else None
    rest = None if left is None else max(left - (now - first.at), timedelta())
    return Progress(pace, first.place.done, first.place.total, rest)


def _pace(connection: Connection, now: datetime) -> Pace:
    if connection.due_at is None:
        return Pace.STOPPED
    if connection.fault:
        return Pace.FAILING
    first = connection.first
    if first is None:
        return Pace.WAITING if now - connection.due_at > _UNCOUNTED else Pace.STARTING
    if now - first.at > SILENT:
        return Pace.WAITING
    return Pace.STARTING if first.left is None else Pace.READING
