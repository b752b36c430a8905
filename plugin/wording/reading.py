"""How far the first reading of a shop is, and how long it still takes, in words."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from babel.dates import format_timedelta

from plugin.domain.reading_progress import Pace, Progress
from plugin.i18n import Catalogue

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ReadingInWords:
    """`counted` is None before the first page; `done` of `total` orders where both are known."""

    done: int | None
    total: int | None
    counted: str | None
    rest: str


def reading_in_words(progress: Progress, said: Catalogue) -> ReadingInWords:
    """What was counted, and what is to be expected."""
    counted = None
    if progress.done is not None and progress.total is None:
        counted = said.text("admin.reading.done", done=progress.done)
    elif progress.done is not None:
        counted = said.text("admin.reading.done_of", done=progress.done, total=progress.total or 0)
    return ReadingInWords(progress.done, progress.total, counted, _rest(progress, said))


def _rest(progress: Progress, said: Catalogue) -> str:
    if progress.pace is not Pace.READING or progress.left is None:
        return said.text(f"admin.reading.{progress.pace.value}")
    if progress.left < _MINUTE:
        return said.text("admin.reading.soon")
    minutes = timedelta(minutes=ceil(progress.left / _MINUTE))
    time = format_timedelta(minutes, granularity="minute", threshold=2, locale=said.locale)
    return said.text("admin.reading.left", time=time)
