"""Two units of work at once: the second begins when the first has done everything but commit."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass

from plugin.domain.ids import MerchantId
from plugin.ports.unit_of_work import UnitOfWork, Units


@dataclass
class Pausing:
    """Units whose first commit lets `meanwhile` be tried on another connection first, for half a second at most."""

    units: Units
    meanwhile: Callable[[], object]
    pool: ThreadPoolExecutor
    under_way: Future[object] | None = None

    def read(self, merchant: MerchantId) -> AbstractContextManager[UnitOfWork]:
        return self.units.read(merchant)

    @contextmanager
    def __call__(self, merchant: MerchantId) -> Iterator[UnitOfWork]:
        with self.units(merchant) as unit:
            yield _Paused(unit, self)  # type: ignore[misc]  # the unit itself, but for its commit

    def pause(self) -> None:
        if self.under_way is None:
            self.under_way = self.pool.submit(self.meanwhile)
            with suppress(TimeoutError):
                self.under_way.result(timeout=0.5)


class _Paused:
    def __init__(self, unit: UnitOfWork, pausing: Pausing) -> None:
        self._unit, self._pausing = unit, pausing

    def __getattr__(self, name: str) -> object:
        return getattr(self._unit, name)

    def commit(self) -> None:
        self._pausing.pause()
        self._unit.commit()


def while_pausing(units: Units, work: Callable[[Units], object], meanwhile: Callable[[], object]) -> None:
    """Do the work, and before its first commit let `meanwhile` begin; both are over when this returns."""
    with ThreadPoolExecutor(1) as pool:
        pausing = Pausing(units, meanwhile, pool)
        work(pausing)  # type: ignore[arg-type]  # units, but for the pause
        assert pausing.under_way is not None
        pausing.under_way.result(timeout=20)
