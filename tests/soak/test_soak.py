"""Web and worker at seven tenths of what they can do, for a while: neither memory nor files nor connections pile up."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import select

from bench.load import get, load, post
from bench.processes import family, memory_bytes
from plugin.storage.tables import inbox
from tests.faults import invariants
from tests.faults import world as worlds
from tests.faults.clocked import TURN
from tests.faults.processes import PROGRAMS, Crew
from tests.faults.traffic import signed, told_body
from tests.faults.world import TOLD_SECRET, World
from tests.support.processes import Running, eventually
from tests.support.repository import ROOT
from tests.support.sizes import MANY, examples, is_long

SECONDS = 60
LONG_SECONDS = 15 * 60
"""In the full size, unless somebody asks for so many seconds: `./script/test --long soak 3600`."""
SHARE = 0.7
GROWTH = 0.05
_WARM_UP, _CONNECTIONS = 240, 8
_ORDERS = range(100, 160)
_FEWEST = 6
"""Looks at the memory, so that the first third and the last are two of them at least."""
_MORE_AT_REST = 8
"""Files and connections: pools fill up late. A leak opens one with each of thousands of requests."""


class Cold(Crew):
    """Web and worker as an operator starts them, by the machine's own clock: memory is then what it is at work."""

    def program(self, role: str) -> tuple[str, ...]:
        return PROGRAMS[role]

    @property
    def turns(self) -> int:
        return int(time.monotonic() / TURN)


def begin(program: tuple[str, ...], environ: Mapping[str, str], log: Path) -> Running:
    """Start it anew, sharing no memory with anybody."""
    with log.open("ab") as said:
        started = subprocess.Popen(
            [sys.executable, *program], cwd=ROOT, env=environ, stdout=said, stderr=said, start_new_session=True
        )
    return Running(started.pid, lambda _: started.poll())


@pytest.fixture(params=["postgres", "sqlite"] if is_long() else ["postgres"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    database_url: str = request.getfixturevalue(f"{request.param}_url")
    with worlds.opened(Cold(tmp_path, begin), database_url) as opened:
        yield opened


@dataclass(slots=True)
class _Seen:
    """What the processes hold at one time."""

    memory: float
    files: int
    connections: int


class _Soak:
    """Deliveries, a page for every third, and what comes of both."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._numbers = count()
        self._port = int(world.environ["PORT"])

    def capacity(self) -> float:
        """How many requests a second are answered and carried out to their end."""
        begun = time.monotonic()
        self.send(_WARM_UP)
        eventually(self._is_drained, "the inbox is empty")
        return _WARM_UP / (time.monotonic() - begun)

    def send(self, requests: int) -> None:
        """So many, over kept-alive connections; each is answered with 200."""
        load(self._port, [self._request() for _ in range(requests)], connections=_CONNECTIONS)

    def go_on(self, per_second: float, seconds: float) -> list[float]:
        """At this pace for so long, or longer on a slow machine; the memory of both processes, second by second."""
        seen: list[float] = []
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until or len(seen) < _FEWEST:
            self.send(max(round(per_second), 1))
            seen.append(self._memory())
            time.sleep(max(now + 1 - time.monotonic(), 0))
        return seen

    def look(self) -> _Seen:
        """What both hold now."""
        files = sum(len(list(Path(f"/proc/{member}/fd").iterdir())) for pid in self._pids() for member in family(pid))
        return _Seen(self._memory(), files, _connections(self._world))

    def _pids(self) -> list[int]:
        assert self._world.web
        assert self._world.worker
        return [self._world.web.pid, self._world.worker.pid]

    def _memory(self) -> float:
        return sum(map(memory_bytes, self._pids()))

    def _is_drained(self) -> bool:
        """Straight from the table: to ask for all that may wait, so often, would be a load of its own."""
        with self._world.database.connect() as connection:
            return connection.execute(select(inbox.c.merchant_id).limit(1)).first() is None

    def at_rest(self) -> _Seen:
        """The same once nothing is under way."""
        eventually(self._is_drained, "the inbox is empty")
        return self.look()

    def _request(self) -> bytes:
        number = next(self._numbers)
        if number % 3 == 2:
            return get(self._port, f"/s/{self._world.live.key}/withdraw")
        order, version = _ORDERS[number % len(_ORDERS)], number // len(_ORDERS) + 1
        body = told_body(order, version)
        self._world.accepted.setdefault(order, []).append(version)
        return post(self._port, f"/webhooks/woocommerce/{self._world.told.key}", signed(TOLD_SECRET, body), body)


def _connections(world: World) -> int:
    """How many the database server has with anybody; none where there is no server."""
    if world.database.dialect.name == "sqlite":
        return 0
    with world.database.connect() as connection:
        return int(
            connection.exec_driver_sql(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            ).scalar_one()
        )


@pytest.mark.draws
def test_memory_files_and_connections_stay_where_they_are_at_seven_tenths_of_capacity(
    world: World, fresh: Path
) -> None:
    soak, seconds = _Soak(world), examples(SECONDS)
    for _ in range(3):  # at first nothing is warm, and pools of threads fill up late
        soak.capacity()
    capacity = soak.capacity()
    before = soak.at_rest()
    seen = soak.go_on(SHARE * capacity, LONG_SECONDS if seconds == MANY else seconds)
    after = soak.at_rest()
    third = max(len(seen) // 3, 1)
    first, last = median(seen[:third]), median(seen[-third:])
    told = f"{capacity:.0f} requests/s, {first / 2**20:.1f} then {last / 2**20:.1f} MiB, {before}, {after}"
    print(f"soak: {world.database.dialect.name}, {len(seen)} s at {SHARE:.0%} of {told}")  # noqa: T201 - what was measured, for who asks
    assert last <= first * (1 + GROWTH), told
    assert after.files <= before.files + _MORE_AT_REST, told
    assert after.connections <= before.connections + _MORE_AT_REST, told
    invariants.hold(world, fresh)
