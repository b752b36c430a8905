"""Web and worker killed by SIGKILL, again and again, in the middle of everything they do; on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bench.processes import family
from tests.faults import invariants, moments
from tests.faults.seeds import seeded
from tests.faults.traffic import Traffic
from tests.faults.world import World
from tests.support.processes import Running, eventually, is_gone
from tests.support.sizes import MANY, examples

KILLS = 10
MANY_KILLS = 200
"""In the full size, unless somebody asks for another number."""
_FIRST_SOLD, _FIRST_TOLD, _ON_RECORD = 7_000, 100, 6
_LOOKED_AT_EVERY = 20
"""Kills, after which everything is settled and looked at."""


@pytest.mark.draws
def test_nothing_is_lost_or_doubled_however_often_web_and_worker_are_killed(world: World, fresh: Path) -> None:
    kills = examples(KILLS)
    with seeded() as rnd:
        shift = _Shift(world, Traffic(world, rnd), rnd)
        shift.begin()
        for number in range(MANY_KILLS if kills == MANY else kills):
            shift.work(number)
            if number % _LOOKED_AT_EVERY == _LOOKED_AT_EVERY - 1:
                shift.end(fresh)
        shift.end(fresh)
    assert world.declared
    assert world.accepted
    assert any(world.store.shop.refunds.values())


class _Shift:
    """One kill after the other, with something of everything under way."""

    def __init__(self, world: World, traffic: Traffic, rnd: Random) -> None:
        self._world, self._traffic, self._rnd = world, traffic, rnd
        self._sold: list[int] = []

    def begin(self) -> None:
        """Have orders on record that can be withdrawn from, however slow the machine is."""
        self._sell(range(_FIRST_SOLD, _FIRST_SOLD + _ON_RECORD))
        eventually(lambda: all(map(self._traffic.on_record, self._sold)), "what was sold is on record")

    def work(self, number: int) -> None:
        """A morning's work, and a kill in the middle of it."""
        world, traffic, rnd = self._world, self._traffic, self._rnd
        world.to_next_poll(timedelta(minutes=rnd.choice([0, 1, 4, 11, 65])))
        watch = moments.Watch(world, traffic, moments.drawn(rnd))
        world.start()
        next_sold = _FIRST_SOLD + len(self._sold)
        self._sell(range(next_sold, next_sold + 2))
        self._withdraw(2)
        first = _FIRST_TOLD + number % 7 * 3
        traffic.burst(range(first, first + 4), each=2)
        traffic.change(rnd.sample(self._sold, 2))
        if rnd.random() < 0.5:
            world.reconnect()
        watch.wait()
        world.kill(*self._victims())
        watch.over()

    def end(self, fresh: Path) -> None:
        """Everybody is answered, everything comes to its end, and all is as it should be."""
        self._world.start()
        self._withdraw(4)
        self._traffic.tell_held()
        self._traffic.finish()
        self._world.settle()
        invariants.hold(self._world, fresh)

    def _victims(self) -> list[Running | None]:
        web, worker = self._world.web, self._world.worker
        assert web
        served = family(web.pid)[1:]  # gunicorn makes another
        one = Running(self._rnd.choice(served), is_gone) if served else web
        return self._rnd.choice([[web], [worker], [worker], [web, worker], [one], [one, worker]])

    def _sell(self, numbers: range) -> None:
        for order in numbers:
            self._world.store.sell(order)
        self._sold += numbers
        self._traffic.change(list(numbers))

    def _withdraw(self, most: int) -> None:
        """From orders on record: others would wait for an agent, rightly, and nothing would come of them here."""
        wanted = [order for order in self._sold if order not in self._traffic.withdrawn][:most]
        for order in wanted:
            if self._traffic.on_record(order):
                self._traffic.withdraw(order)
