"""How many days a lane takes, as counts weighted by age, and the shortest range that holds a share of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from plugin.domain.tracking.eta.history import LONGEST, Weeks

_HALF_LIFE_PARCELS: Final = 150
"""A delivery counts half once so many newer ones have come: a busy lane follows its drift within weeks, a quiet one
keeps enough to say anything."""
_SHORTEST_HALF_LIFE, _LONGEST_HALF_LIFE = 2.0, 26.0
_RECENT_WEEKS: Final = 12
"""By which a lane's pace is judged."""


@dataclass(frozen=True, slots=True)
class DayRange:
    """Delivery days after the start, both included."""

    first: int
    last: int

    def holds(self, days: int) -> bool:
        """Whether a delivery after so many days is within it."""
        return self.first <= days <= self.last

    def wider(self, days: int) -> "DayRange":
        """The same with days added, later ones first: late is what happens to parcels."""
        return DayRange(max(self.first - days // 2, 0), min(self.last + (days + 1) // 2, LONGEST))


Spread = Sequence[float]
"""The weight of deliveries by how many days they took, from 0 to `LONGEST`."""


def decay_of(weeks: Weeks, now_week: int) -> float:
    """What is left of a delivery's weight after a week."""
    recent = [sum(days.values()) for week, days in weeks.items() if now_week - _RECENT_WEEKS <= week < now_week]
    pace = sum(recent) / _RECENT_WEEKS
    half_life = _HALF_LIFE_PARCELS / pace if pace else _LONGEST_HALF_LIFE
    return float(0.5 ** (1 / min(max(half_life, _SHORTEST_HALF_LIFE), _LONGEST_HALF_LIFE)))


def spreads(weeks: Weeks, decay: float, wanted: Iterable[int]) -> Mapping[int, Spread]:
    """The spread as it was known when each of the wanted weeks began: of what had been delivered before."""
    found: dict[int, Spread] = {}
    weights = [0.0] * (LONGEST + 1)
    week = min(weeks)
    for until in sorted(wanted):
        while week < until:
            for days, count in weeks.get(week, {}).items():
                weights[days] += count
            weights = [weight * decay for weight in weights]
            week += 1
        found[until] = tuple(weights)
    return found


def shortest_range(spread: Spread, share: float) -> DayRange:
    """The fewest days in a row that hold this share of the weight; of several the heaviest, then the latest.

    The spread must hold something.
    """
    sums = [0.0, *accumulate(spread)]
    wanted = sums[-1] * share - 1e-9
    found, last = [], 0
    for first in range(len(spread)):
        while last < len(spread) and sums[last] - sums[first] < wanted:
            last += 1
        held = sums[last] - sums[first]
        if held < wanted:
            break
        found.append((last - first, -held, -first))
    length, _, first = min(found)
    return DayRange(-first, -first + max(length, 1) - 1)
