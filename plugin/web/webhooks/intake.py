"""Deliveries that arrive at the same time are kept in one commit, and each is answered once that is done.

A commit waits for the disk, or for a database across the network; in a sale, many deliveries come in the meantime.
Whoever is first writes for all who came while the last commit ran, so that a burst costs a few commits.
"""

from collections.abc import Callable, Sequence
from threading import Lock

from plugin.domain.stored import Arrival

Keep = Callable[[Sequence[Arrival]], None]
"""Keeps all in one commit, or raises and has kept none."""
_MOST = 100
"""In one commit; the writer's turn stays short."""


class _Waiting:
    """An arrival, and whoever brought it: asleep until it is on record or theirs is the turn to write."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.is_done = False
        self.error: Exception | None = None
        self._asleep = Lock()
        self._asleep.acquire()

    def sleep(self) -> None:
        """Until `wake`."""
        self._asleep.acquire()

    def wake(self) -> None:
        """Once, by whoever writes."""
        self._asleep.release()


class Intake:
    """One for each process; `take` may be called by many threads at once."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._waiting: list[_Waiting] = []
        self._is_writing = False
        self._door = Lock()

    def take(self, arrival: Arrival) -> None:
        """Return when it is on record; raise what kept it from being so, which concerns this arrival alone."""
        mine = _Waiting(arrival)
        with self._door:
            self._waiting.append(mine)
            is_first, self._is_writing = not self._is_writing, True
        if not is_first:
            mine.sleep()
        if not mine.is_done:
            self._write()
        if mine.error:
            raise mine.error

    def _write(self) -> None:
        """Keep what waits, one's own first; then the turn is with whoever has waited longest since."""
        with self._door:
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        self._keep_all(batch)
        with self._door:
            following = self._waiting[:1]
            self._is_writing = bool(following)
        for each in (*batch[1:], *following):
            each.wake()

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
