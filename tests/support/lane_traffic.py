"""Made-up deliveries with what real ones have: drift, seasons, weekends, holidays, outliers, parcels that get lost.

Carriers here do not count as the product does: they walk calendar days, come on Saturdays or not, stop on a few days of
their own, and slow down before Christmas and in August.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp
from random import Random

from plugin.domain.ids import ShopId
from plugin.domain.tracking.eta.lane import Delivery

BEGIN = datetime(2024, 9, 2, tzinfo=UTC)
SHOP = ShopId("shop-1")


@dataclass(frozen=True, slots=True)
class Route:
    """A lane and its ways. `days`: carrier's working days, the median; `spread`: of their logarithm.

    `drift`: days more (or less) a year; `jump`: days more from the 300th day on; `december` and `august`: days more
    at the worst; `lost` and `outliers`: shares of the parcels.
    """

    carrier: str
    origin: str
    destination: str
    service: str | None
    a_week: int
    days: float
    spread: float = 0.25
    drift: float = 0.0
    jump: float = 0.0
    december: float = 2.0
    august: float = 0.0
    comes_on_saturday: bool = False
    lost: float = 0.01
    outliers: float = 0.02


ROUTES = (
    Route("dhl", "DE", "DE", "parcel", 120, 1.6, comes_on_saturday=True),
    Route("dhl", "DE", "AT", "parcel", 40, 2.6),
    Route("dhl", "DE", "FR", "parcel", 35, 3.4, drift=1.0, august=1.5),
    Route("dpd", "DE", "IT", "classic", 25, 4.2, spread=0.35, august=3.0),
    Route("ups", "DE", "US", "express", 20, 3.2, spread=0.3, comes_on_saturday=True),
    Route("yunexpress", "CN", "DE", "economy", 60, 9.0, spread=0.3, drift=2.0, december=4.0),
    Route("yunexpress", "CN", "ES", "economy", 30, 11.0, spread=0.35, jump=3.0, december=4.0),
    Route("4px", "CN", "GB", "priority", 45, 7.0, spread=0.25, drift=-2.0, december=3.0),
    Route("china-post", "CN", "SE", None, 12, 16.0, spread=0.3, december=5.0, lost=0.03),
    Route("royal-mail", "GB", "GB", "tracked-48", 80, 2.2, spread=0.3, comes_on_saturday=True),
    Route("aramex", "CN", "SA", "express", 15, 6.0, spread=0.3),
    Route("gls", "DE", "PL", "business", 10, 2.8, spread=0.25),
)


def traffic(seed: int, weeks: int = 78, routes: tuple[Route, ...] = ROUTES) -> Iterator[Delivery]:
    """What was delivered of everything sent in so many weeks; what got lost is not among it."""
    dice = Random(seed)  # noqa: S311 - made-up parcels, no secrets
    for route in routes:
        for week in range(weeks):
            for _ in range(_varied(route.a_week, dice)):
                ordered = BEGIN + timedelta(weeks=week, seconds=dice.random() * 7 * 86_400)
                shipped = _shipped(ordered, dice)
                delivered = _delivered(route, shipped, dice)
                if dice.random() >= route.lost:
                    yield Delivery(
                        SHOP, route.destination, shipped, delivered, route.carrier, route.origin, route.service, ordered
                    )


def _varied(count: int, dice: Random) -> int:
    return max(round(dice.gauss(count, count**0.5)), 0)


def _shipped(ordered: datetime, dice: Random) -> datetime:
    """Packed on the next working day, sometimes a day or two later, handed over in the afternoon."""
    day = ordered
    waits = 1 + (dice.random() < 0.25) + (dice.random() < 0.08)
    while waits:
        day += timedelta(days=1)
        waits -= day.weekday() < 5
    return day.replace(hour=14, minute=dice.randrange(60))


def _delivered(route: Route, shipped: datetime, dice: Random) -> datetime:
    age = (shipped - BEGIN).days
    days = route.days + route.drift * age / 365 + (route.jump if age >= 300 else 0.0)
    days += route.december * _near(shipped, 12, 15, 12) + route.august * _near(shipped, 8, 12, 12)
    days *= exp(dice.gauss(0, route.spread))
    if dice.random() < route.outliers:
        days += dice.expovariate(1 / 12)
    left, at = max(round(days), 1), shipped
    while left:
        at += timedelta(days=1)
        is_open = at.weekday() < 5 or (at.weekday() == 5 and route.comes_on_saturday)
        left -= is_open and (at.month, at.day) not in {(12, 25), (12, 26), (1, 1), (5, 1)}
    return at.replace(hour=dice.randrange(8, 18))


def _near(at: datetime, month: int, day: int, width: int) -> float:
    """1 on that day of the year, falling off within some days on either side."""
    apart = abs((at - at.replace(month=month, day=day, hour=0, minute=0)).days)
    return exp(-((apart / width) ** 2))
