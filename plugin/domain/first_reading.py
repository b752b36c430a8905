"""How far a shop's first reading has come, and how long the rest takes at the pace of the last pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

MEASURED = timedelta(seconds=5)
"""Of reading, before anything is said of its pace: pages come in pairs, and the first of a pair tells nothing."""
SILENT = timedelta(minutes=2)
"""Longer than a page ever takes with all its repetitions; the worker is away, or reads other shops first."""
_KEPT = 0.9
"""Of the pace before, with each page: the last ten or so make the pace."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reading stands: `word` is the platform's adapter's own, `total` None where the shop does not say.

    Orders are counted as the shop counts them, drafts among them.
    """

    word: str
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class FirstReading:
    """A first reading that is under way; instants are aware UTC.

    `at`: when its last page was stored. `recent_orders` in `recent_seconds`, both counting less the longer ago they
    were, make its pace; pauses longer than `SILENT` do not count.
    """

    place: Place
    at: datetime
    recent_orders: float = 0.0
    recent_seconds: float = 0.0

    def went_on(self, place: Place, at: datetime) -> Self:
        """After another page."""
        passed = at - self.at
        if not timedelta() <= passed <= SILENT:
            return type(self)(place, at, self.recent_orders, self.recent_seconds)
        orders = self.recent_orders * _KEPT + max(place.done - self.place.done, 0)
        return type(self)(place, at, orders, self.recent_seconds * _KEPT + passed.total_seconds())

    @property
    def left(self) -> timedelta | None:
        """How long the rest takes at the recent pace, measured from `at`; None while that cannot be known."""
        total = self.place.total
        if total is None or self.recent_seconds < MEASURED.total_seconds() or self.recent_orders <= 0:
            return None
        return timedelta(seconds=max(total - self.place.done, 0) * self.recent_seconds / self.recent_orders)
