"""Deliveries that arrive at the same time are kept in one commit, and each is answered once that is done.

A commit waits for the disk, or for a database across the network; in a sale, many deliveries come in the meantime.
Whoever is first writes for all who came while the last commit ran, so that a burst costs a few commits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

from plugin.domain.stored import Arrival

Keep = Callable[[Sequence[Arrival]], None]
"""Keeps all in one commit, or raises and has kept none."""
_MOST = 100
"""In one commit; the writer's turn stays short."""


@dataclass(slots=True)
class _Waiting:
    arrival: Arrival
    is_done: bool = False
    error: Exception | None = None


class Intake:
    """One for each process; `take` may be called by many threads at once."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._waiting: list[_Waiting] = []
        self._door = Lock()
        self._turn = Lock()

    def take(self, arrival: Arrival) -> None:
        """Return when it is on record; raise what kept it from being so, which concerns this arrival alone."""
        mine = _Waiting(arrival)
        with self._door:
            self._waiting.append(mine)
        with self._turn:
            while not mine.is_done:
                self._keep_next()
        if mine.error:
            raise mine.error

    def _keep_next(self) -> None:
        with self._door:
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        self._keep_all(batch)

    def _keep_all(self, batch: Sequence[_Waiting]) -> None:
        """What cannot be kept together is tried alone, so that one bad delivery does not take others with it."""
        try:
            self._keep([each.arrival for each in batch])
        except Exception as error:  # noqa: BLE001 - told to whoever waits for it
            if len(batch) == 1:
                batch[0].error = error
            else:
                for each in batch:
                    self._keep_all([each])
        for each in batch:
            each.is_done = True
