"""A shop's day: everything that goes on in it once, for tests that spoil it."""

from __future__ import annotations

from random import Random

from tests.faults.traffic import Traffic
from tests.faults.world import World
from tests.support.processes import eventually

FIRST_SOLD = 7_000
_FIRST_TOLD = 100


class Day:
    """Orders come in, are told of, changed and withdrawn from, a handful at a time."""

    def __init__(self, world: World, rnd: Random) -> None:
        self.world = world
        self.traffic = Traffic(world, rnd)
        self._sold = 0

    def open(self, orders: int = 12) -> None:
        """So many orders, on record before anything goes wrong."""
        sold = [self._sell() for _ in range(orders)]
        self.traffic.change(sold)
        self.traffic.finish()
        eventually(lambda: all(map(self.traffic.on_record, sold)), "what was sold is on record")

    def bustle(self, told: int = 24, withdrawn: int = 3) -> None:
        """Deliveries and withdrawals, under way when this returns."""
        self.traffic.burst(range(_FIRST_TOLD, _FIRST_TOLD + told // 2), each=2)
        sold = range(FIRST_SOLD, FIRST_SOLD + self._sold)
        for number in [each for each in sold if each not in self.traffic.withdrawn][:withdrawn]:
            self.traffic.withdraw(number)
        self.traffic.change(self.traffic.rnd.sample(sold, 3))

    def end(self) -> None:
        """Everybody is answered, and everything has come to its end."""
        self.traffic.tell_held()
        self.traffic.finish()
        self.world.settle()

    def _sell(self) -> int:
        number = FIRST_SOLD + self._sold
        self.world.store.sell(number)
        self._sold += 1
        return number
