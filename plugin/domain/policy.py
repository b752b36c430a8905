"""What the shop promises on top of the law, first cut: days by market, who pays the return, warranty months.

A version is immutable; an order keeps the one in force when it was placed. It may only add to the law.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Payer(StrEnum):
    """Who pays for sending goods back."""

    SHOPPER = "shopper"
    SHOP = "shop"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class MarketPolicy:
    """The promise to one market. `None` days or 0 months: no promise beyond the law.

    Days count from delivery, calendar days, the day of delivery not counted. `is_informed` says that shoppers are told
    of their right of withdrawal before the contract as the law wants; None means the merchant has not declared it.
    """

    market: str
    countries: frozenset[str]
    return_days: int | None
    exchange_days: int | None
    return_payer: Payer
    warranty_months: int
    is_informed: bool | None = None
    is_told_return_cost: bool | None = None


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """All markets of one merchant from one instant on; `default` serves countries no market names."""

    id: str
    effective_from: datetime
    markets: tuple[MarketPolicy, ...]
    default: MarketPolicy

    def for_country(self, country: str | None) -> MarketPolicy:
        """The market that serves this ISO 3166-1 country."""
        return next((m for m in self.markets if country in m.countries), self.default)
