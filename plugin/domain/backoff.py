"""When a message that could not be applied is tried again, and when it is parked instead."""

from datetime import datetime, timedelta

_FIRST = timedelta(seconds=30)
_LONGEST = timedelta(hours=1)
_MAX_ATTEMPTS = 9
"""About two hours after the first attempt: platforms deliver out of order by minutes, sometimes by an hour."""


UNEXPECTED = "unexpected"
"""The fault of what nobody foresaw, the end of its process among it; the log says what it was."""


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """The instant of the next attempt after `attempts` failed ones, each wait twice the last; None: park it."""
    return None if is_last(attempts) else now + wait(attempts)


def is_last(attempts: int) -> bool:
    """Whether there is none after so many."""
    return attempts >= _MAX_ATTEMPTS


def wait(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts (1 or more): half a minute, twice the last, an hour at most."""
    return min(_FIRST * (1 << min(attempts - 1, _MAX_ATTEMPTS)), _LONGEST)


def attempt_key(of: str, due_at: datetime, now: datetime) -> str:
    """What names the job of an attempt: one an hour, so that a job that died for good does not stand in for the next.

    `due_at`: since when it may be made.
    """
    return f"{of}:{due_at.isoformat()}:{max(now - due_at, timedelta()) // _LONGEST}"
