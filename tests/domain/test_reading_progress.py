"""How long the rest of a first reading takes is told from its last pages, and only where it can be known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plugin.domain.connection import Connection, Credentials
from plugin.domain.first_reading import SILENT, FirstReading, Place
from plugin.domain.ids import ShopId
from plugin.domain.reading_progress import Pace, Progress, progress

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FRESH = Connection(ShopId("s"), Credentials("ck", "cs"), NOW, due_at=NOW)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def read(*steps: tuple[float, int], total: int | None = 1000) -> FirstReading:
    """A reading by (seconds since the page before, orders done)."""
    (_, done), *later = steps
    reading = FirstReading(Place("", done, total), NOW)
    for seconds, done in later:
        reading = reading.went_on(Place("", done, total), reading.at + seconds * SECOND)
    return reading


def test_the_rest_takes_as_long_as_the_last_pages_say() -> None:
    assert read((0, 100), (5, 200), (5, 300)).left == timedelta(seconds=35)


def test_an_old_pace_is_forgotten() -> None:
    slow = [(100.0, done) for done in range(100, 1100, 100)]
    quick = [(1.0, done) for done in range(1100, 8000, 100)]
    left = read(*slow, *quick, total=10_000).left
    assert left
    assert left < timedelta(seconds=45)


@pytest.mark.parametrize(
    "reading",
    [
        read((0, 100)),
        read((0, 100), (4, 200)),
        read((0, 100), (9, 200), total=None),
        read((0, 100), (9, 100)),
    ],
    ids=["first page", "too short", "no total", "no order"],
)
def test_nothing_is_said_of_the_rest_before_it_can_be_known(reading: FirstReading) -> None:
    assert reading.left is None
    assert progress(replace(FRESH, first=reading), reading.at) == Progress(
        Pace.STARTING, reading.place.done, reading.place.total
    )


def test_a_pause_says_nothing_of_the_pace() -> None:
    before = read((0, 100), (5, 200), (5, 300))
    after = before.went_on(Place("", 400, 1000), before.at + SILENT + SECOND)
    assert after.left == timedelta(seconds=30)


def test_more_orders_than_there_were_leave_nothing() -> None:
    assert read((0, 100), (10, 1100)).left == timedelta()


READING = read((0, 100), (5, 200), (5, 300))
AT = READING.at


@pytest.mark.parametrize(
    ("connection", "now", "told"),
    [
        (FRESH, NOW, Progress(Pace.STARTING, None, None)),
        (FRESH, NOW + HOUR, Progress(Pace.WAITING, None, None)),
        (replace(FRESH, read_until=NOW, due_at=NOW + HOUR), NOW + HOUR, Progress(Pace.STARTING, None, None)),
        (replace(FRESH, first=READING), AT + 5 * SECOND, Progress(Pace.READING, 300, 1000, timedelta(seconds=30))),
        (replace(FRESH, first=READING), AT + 50 * SECOND, Progress(Pace.READING, 300, 1000, timedelta())),
        (replace(FRESH, first=READING), AT + HOUR, Progress(Pace.WAITING, 300, 1000)),
        (replace(FRESH, first=READING, fault="shop_blocks"), AT, Progress(Pace.FAILING, 300, 1000)),
        (replace(FRESH, first=READING, fault="x", due_at=None), AT, Progress(Pace.STOPPED, 300, 1000)),
        (replace(FRESH, polled_at=NOW), NOW, None),
    ],
    ids=["connected", "no worker", "last changes", "reading", "nearly", "worker away", "failing", "stopped", "through"],
)
def test_what_is_told_of_a_first_reading(connection: Connection, now: datetime, told: Progress | None) -> None:
    assert progress(connection, now) == told
