"""The database, the disk, the clock, the platform and the mail server fail while a shop is at work.

What holds afterwards is the same for each (`tests/faults/invariants.py`); what is asserted beside it is that the fault
was felt at all, and that nothing had to be started again by hand.
"""

from __future__ import annotations

import os
import resource
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bench.processes import family
from plugin.jobs.pulse import EVERY_SECONDS
from plugin.ports.errors import Unavailable
from plugin.ports.undelivered import UndeliveredMail
from tests.faults import invariants
from tests.faults import world as worlds
from tests.faults.clocked import TURN
from tests.faults.day import FIRST_SOLD, Day
from tests.faults.processes import Crew
from tests.faults.seeds import seeded
from tests.faults.store import email_of
from tests.faults.world import World
from tests.support import databases, postgres
from tests.support.mail_server import CUT
from tests.support.processes import eventually
from tests.support.sizes import is_long

Test = Callable[..., None]
HOUR = timedelta(hours=1)
TEN_MINUTES = timedelta(minutes=10)
_ROOM = 4096
"""Bytes of each file."""


@pytest.fixture
def rnd() -> Iterator[Random]:
    with seeded() as chance:
        yield chance


@pytest.fixture(params=["sqlite"])
def day(request: pytest.FixtureRequest, crew: Crew, rnd: Random) -> Iterator[Day]:
    with worlds.opened(crew, request.getfixturevalue(f"{request.param}_url")) as world:
        yield Day(world, rnd)


def on(database: str) -> Callable[[Test], Test]:
    """On this database in the short run, on both in the full size."""
    parametrized = pytest.mark.parametrize("day", ["sqlite", "postgres"] if is_long() else [database], indirect=True)
    return lambda test: pytest.mark.draws(parametrized(test))


def is_up(world: World) -> bool:
    """Whether both processes are those that were started."""
    return bool(world.web and world.web.is_alive and world.worker and world.worker.is_alive)


def test_a_database_that_crashes_under_load_loses_nothing_and_everybody_finds_it_again(
    crew: Crew, rnd: Random, fresh: Path
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="aftercare-crash-"))  # the server's own user must get there
    cluster = postgres.shared_cluster(folder, os.getpid(), ("max_connections=60", "shared_buffers=32MB"))
    try:
        url = cluster.create("shop")
        databases.upgrade(url)
        with worlds.opened(crew, url) as world:
            day = Day(world, rnd)
            day.open()
            for _ in range(2):
                day.bustle()
                eventually(lambda: bool(world.accepted), "something is answered")
                postgres.crash(folder)
                world.crashes += 1
                with suppress(Unavailable):  # the test's own connections are as dead as everybody's
                    world.waiting()
            assert is_up(world)
            day.end()
            invariants.hold(world, fresh)
    finally:
        postgres.stop(folder)


def test_a_disk_that_is_full_refuses_deliveries_aloud_and_goes_on_once_there_is_room(day: Day, fresh: Path) -> None:
    day.open()
    world = day.world
    with no_room(world):
        day.bustle(told=60)
        eventually(lambda: day.traffic.refused() > 0, "somebody is refused")
        tried = world.crew.turns + round((EVERY_SECONDS + 2) / TURN)  # a beat among them
        eventually(lambda: world.crew.turns > tried, "the worker goes on trying")
    assert is_up(world)
    day.end()
    invariants.hold(world, fresh)


@contextmanager
def no_room(world: World) -> Iterator[None]:
    """No file of web and worker can grow, as on a full disk; rows may still be written into pages that are free.

    Their logs cannot either: they are made longer than the limit first.

    A limit on the size of files (setrlimit(2), RLIMIT_FSIZE): writes behind it fail as they fail for want of room, with
    EFBIG in the place of ENOSPC, and any user can have it. A small disk to mount takes an administrator.
    """
    assert world.web
    assert world.worker
    for role in ("web", "worker"):
        with world.crew.log(role).open("a") as log:
            log.write("\n" * _ROOM)
    found = [*family(world.web.pid), *family(world.worker.pid)]
    for process in found:
        _, most = resource.prlimit(process, resource.RLIMIT_FSIZE)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (_ROOM, most))
    yield
    for process in found:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@on("sqlite")
def test_a_clock_set_forwards_and_back_stops_no_work(day: Day, fresh: Path) -> None:
    day.open()
    world = day.world
    for wrong in (HOUR, -HOUR):
        world.clock.put(wrong)
        day.bustle()
        day.traffic.finish()
        eventually(lambda: not world.waiting().get("inbox"), "deliveries are applied by the new clock")
    world.clock.put(timedelta())
    world.pass_time(2 * HOUR)  # what was put off by the wrong clock is due by then
    assert is_up(world)
    day.end()
    invariants.hold(world, fresh)


@on("postgres")
def test_a_platform_that_is_down_for_an_hour_is_read_and_paid_back_at_once_it_is_back(day: Day, fresh: Path) -> None:
    day.open()
    world = day.world
    world.store.shop.is_down = True
    before = len(world.store.shop.asked)
    day.bustle()
    day.traffic.finish()
    for _ in range(6):
        world.to_next_poll(TEN_MINUTES)
        eventually(lambda: bool(fault(world)), "the merchant is shown that the store cannot be read")
    assert len(world.store.shop.asked) > before
    assert not any(world.store.shop.refunds.values())
    world.store.shop.is_down = False
    day.end()
    assert fault(world) is None
    assert sum(map(len, world.store.shop.refunds.values())) == 3
    assert is_up(world)
    invariants.hold(world, fresh)


def fault(world: World) -> str | None:
    with world.deps.units.read(world.live.merchant) as unit:
        connection = unit.connections.get(world.live.id)
    assert connection
    return connection.fault


@on("sqlite")
def test_mail_waits_for_a_server_that_is_down_and_what_is_refused_for_good_is_shown(day: Day, fresh: Path) -> None:
    day.open()
    world = day.world
    world.post.says("MAIL", *[CUT] * 1000)
    day.bustle()
    day.traffic.finish()
    eventually(lambda: bool(undelivered(world)), "the merchant is shown that mail does not leave")
    for _ in range(2):
        world.pass_time(HOUR)
    assert world.post.taken == []
    world.post.replies.clear()
    world.post.says("RCPT", "550 no such mailbox")
    day.end()
    (parked,) = undelivered(world)
    assert parked.parked_at
    assert parked.mail.to in {email_of(FIRST_SOLD + number) for number in range(3)}
    assert is_up(world)
    invariants.hold(world, fresh)


def undelivered(world: World) -> list[UndeliveredMail]:
    with world.deps.units.read(world.live.merchant) as unit:
        return list(unit.undelivered.all(100))


@on("postgres")
def test_deliveries_that_come_twice_in_any_order_and_days_late_leave_each_order_at_its_newest(
    day: Day, fresh: Path
) -> None:
    world = day.world
    day.traffic.burst(range(100, 110), each=4)
    day.traffic.finish()
    late = list(day.traffic.held)
    world.settle()
    day.traffic.burst(range(100, 110), each=2)
    day.traffic.finish()
    day.traffic.held += late * 2
    world.pass_time(timedelta(days=2))
    day.end()
    assert late
    invariants.hold(world, fresh)
