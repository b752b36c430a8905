"""Parts of a return as a platform keeps it: its parcels, and what is kept back of its lines."""

from dataclasses import dataclass

from plugin.domain.ids import LineId
from plugin.domain.money import Money


@dataclass(frozen=True, slots=True)
class ReturnDelivery:
    """A parcel with goods on their way back, as the platform keeps it; links only ever http(s)."""

    id: str
    number: str | None = None
    url: str | None = None
    label: str | None = None
    """Where its label lies."""


@dataclass(frozen=True, slots=True)
class LineFee:
    """What is kept back from a line's price when its goods return, presentment currency."""

    line: LineId
    amount: Money
