"""Points in time as people type them on a command line; used as the `type` of an option, which a fault then names."""

from datetime import UTC, date, datetime, time

import click

from plugin.domain.times import NotAnInstant
from plugin.domain.times import instant as to_instant

_NOON = time(12, tzinfo=UTC)
_SHOWN = 40


def instant(text: str) -> datetime:
    """`2026-12-18T09:00:00+01:00`, or a date, which stands for its noon in UTC."""
    try:
        return datetime.combine(date.fromisoformat(text), _NOON)
    except ValueError:
        pass
    try:
        return to_instant(text)
    except NotAnInstant as error:
        message = "is no date like 2026-12-18 and no instant with offset like 2026-12-18T09:00:00+01:00"
        raise click.BadParameter(f"{text[:_SHOWN]!r} {message}.") from error


def day(text: str) -> date:
    """`2026-12-18`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text[:_SHOWN]!r} is no date like 2026-12-18.") from error
