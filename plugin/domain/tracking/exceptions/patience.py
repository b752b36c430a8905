"""How long a merchant waits before a parcel's standing still is an exception, by lane."""

from collections.abc import Iterable
from dataclasses import dataclass

from plugin.domain.errors import Invalid

NO_SCAN_DAYS = 7
CUSTOMS_DAYS = 5
LATE_DAYS = 0
MOST_DAYS = 60


class UnusablePatience(Invalid):
    """A number of days that no merchant can mean."""

    code = "unusable_patience"


@dataclass(frozen=True, slots=True)
class Patience:
    """`no_scan_days`: without news of it. `customs_days`: at customs. `late_days`: past the last expected day."""

    no_scan_days: int = NO_SCAN_DAYS
    customs_days: int = CUSTOMS_DAYS
    late_days: int = LATE_DAYS

    def __post_init__(self) -> None:
        for name, least in (("no_scan_days", 1), ("customs_days", 1), ("late_days", 0)):
            if not least <= getattr(self, name) <= MOST_DAYS:
                raise UnusablePatience({"field": name})


USUAL = Patience()
"""Where a merchant says nothing."""


@dataclass(frozen=True, slots=True)
class LanePatience:
    """The patience with parcels of a carrier (slug), from a country, to a country (ISO 3166-1); None: whichever."""

    carrier: str | None
    origin: str | None
    destination: str | None
    patience: Patience

    def covers(self, carrier: str | None, origin: str | None, destination: str | None) -> bool:
        """Whether a parcel of this lane is meant."""
        pairs = ((self.carrier, carrier), (self.origin, origin), (self.destination, destination))
        return all(wanted is None or wanted == given for wanted, given in pairs)

    @property
    def rank(self) -> tuple[int, bool, bool, bool]:
        """The more is named, the more it counts; of as many, the destination before the carrier before the origin."""
        named = (self.destination is not None, self.carrier is not None, self.origin is not None)
        return (sum(named), *named)


def patience_for(
    lanes: Iterable[LanePatience],
    carrier: str | None,
    origin: str | None,
    destination: str | None,
    otherwise: Patience = USUAL,
) -> Patience:
    """The patience of the lane that says most about such a parcel, else the merchant's for all."""
    found = [lane for lane in lanes if lane.covers(carrier, origin, destination)]
    best = max(found, key=lambda lane: lane.rank, default=None)
    return best.patience if best else otherwise
