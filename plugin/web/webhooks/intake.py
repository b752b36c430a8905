"""Deliveries that arrive at the same time are kept in one commit, and each is answered once that is done.

A commit waits for the disk, or for a database across the network; in a sale, many deliveries come in the meantime.
Whoever is first writes for all who came while the last commit ran, of this process or of another one on the same
database, so that a burst costs a few commits. Where several
commits side by side are quicker (`plugin.ports.arrivals.Arrivals.writers`), so many write at the same time.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from threading import Lock

from plugin.domain.stored import Arrival
from plugin.ports.arrivals import Keep
from plugin.ports.errors import Unavailable

Turn = Callable[[], AbstractContextManager[Keep]]
"""Waits until it is one's turn to write (`plugin.ports.arrivals.Arrivals.turn`)."""
_MOST = 100
"""In one commit; the writer's turn stays short."""


class _Waiting:
    """An arrival, and whoever brought it: asleep until it is on record or theirs is a turn to write."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.writes = False
        self.error: Exception | None = None
        self._asleep = Lock()
        self._asleep.acquire()

    def sleep(self) -> None:
        """Until `wake`."""
        self._asleep.acquire()

    def wake(self) -> None:
        """Once, by whoever wrote."""
        self._asleep.release()


class Intake:
    """One for each process; `take` may be called by many threads at once, of which `writers` write at the same time."""

    def __init__(self, turn: Turn, writers: int) -> None:
        self._turn = turn
        self._free = writers
        self._waiting: list[_Waiting] = []  # nobody, as long as a turn is free
        self._door = Lock()

    def take(self, arrival: Arrival) -> None:
        """Return when it is on record; raise what kept it from being so, which concerns this arrival alone."""
        mine = _Waiting(arrival)
        with self._door:
            if self._free:
                self._free -= 1
                mine.writes = True
            else:
                self._waiting.append(mine)
        if not mine.writes:
            mine.sleep()
        if mine.writes:
            self._write(mine)
        if mine.error:
            raise mine.error

    def _write(self, mine: _Waiting) -> None:
        """Keep one's own and what waits by then; after that, whoever has waited longest since writes."""
        others: list[_Waiting] = []
        try:
            with self._turn() as keep:
                with self._door:
                    others, self._waiting = self._waiting[: _MOST - 1], self._waiting[_MOST - 1 :]
                _keep_all([mine, *others], keep)
        except Exception as error:  # noqa: BLE001 - no turn came, and those who wait try for one of their own
            mine.error = error
        except BaseException:
            for each in others:
                each.error = Unavailable("intake: who wrote has ended")
            raise
        finally:
            self._hand_on(others)

    def _hand_on(self, others: Sequence[_Waiting]) -> None:
        with self._door:
            following, self._waiting = self._waiting[:1], self._waiting[1:]
            if following:
                following[0].writes = True
            else:
                self._free += 1
        for each in (*following, *others):
            each.wake()


def _keep_all(batch: Sequence[_Waiting], keep: Keep) -> None:
    """What cannot be kept together is tried by halves, so that one bad delivery does not take others with it."""
    try:
        keep([each.arrival for each in batch])
    except Exception as error:  # noqa: BLE001 - told to whoever waits for it
        if len(batch) == 1:
            batch[0].error = error
        else:
            half = len(batch) // 2
            _keep_all(batch[:half], keep)
            _keep_all(batch[half:], keep)
