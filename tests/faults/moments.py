"""When a process is killed: at a random instant, or in the very middle of something that the outside can see."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from threading import Event

from tests.faults.traffic import Traffic
from tests.faults.world import World
from tests.support.woocommerce_shop import Asked

_LONGEST = 2.5
"""Seconds; what has not happened by then is not waited for."""
_WRITES = ("POST", "PUT")


@dataclass(frozen=True, slots=True)
class Moment:
    """After so many of a kind: `asked` or `written` at the store, `mailed`, `answered` deliveries, `ticks` of 50 ms."""

    kind: str
    count: int


def drawn(rnd: Random) -> Moment:
    """Any."""
    kind = rnd.choice(["asked", "written", "written", "mailed", "answered", "ticks", "ticks"])
    most = {"asked": 6, "written": 2, "mailed": 4, "answered": 10, "ticks": 50}[kind]
    return Moment(kind, rnd.randint(1, most))


class Watch:
    """Waits for one moment; a request at the store that makes it is not answered before the kill."""

    def __init__(self, world: World, traffic: Traffic, moment: Moment) -> None:
        self._world, self._traffic, self._moment = world, traffic, moment
        self._has_come, self._is_over = Event(), Event()
        self._begun, self._mailed, self._answered = time.monotonic(), len(world.post.taken), traffic.answers.total()
        self._left = moment.count
        if moment.kind in {"asked", "written"}:
            world.store.shop.on_asked = self._asked

    def wait(self) -> None:
        """Until it has come, or until nobody believes in it any more."""
        deadline = self._begun + _LONGEST
        while time.monotonic() < deadline and not self._is_now():
            time.sleep(0.002)

    def over(self) -> None:
        """The kill is done: the store goes on."""
        self._world.store.shop.on_asked = lambda _: None
        self._is_over.set()

    def _is_now(self) -> bool:
        counts: dict[str, Callable[[], bool]] = {
            "mailed": lambda: len(self._world.post.taken) - self._mailed >= self._moment.count,
            "answered": lambda: self._traffic.answers.total() - self._answered >= self._moment.count,
            "ticks": lambda: time.monotonic() - self._begun >= self._moment.count / 20,
        }
        return counts.get(self._moment.kind, self._has_come.is_set)()

    def _asked(self, asked: Asked) -> None:
        if self._moment.kind == "written" and asked.method not in _WRITES:
            return
        self._left -= 1
        if self._left == 0:
            self._has_come.set()
            self._is_over.wait(_LONGEST)
