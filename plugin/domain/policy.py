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

    Days count from the day the order's last good arrived, calendar days, that day not counted. `return_payer` holds for
    every return without a reason, by law or by promise.

    Two fields are no promises but declarations of fact, None while the merchant has not made them: `is_informed` says
    that shoppers are told of their right of withdrawal before the contract as the law wants, `is_told_return_cost` that
    they are told before the order that they bear the cost of the return (Directive 2011/83/EU arts 6(1)(h), 6(1)(i)).
    """

    market: str
    countries: frozenset[str]
    return_days: int | None
    exchange_days: int | None
    return_payer: Payer
    warranty_months: int
    is_informed: bool | None = None
    is_told_return_cost: bool | None = None
    warranty_payer: Payer = Payer.UNKNOWN
    """Who pays for sending goods in under the shop's own warranty."""


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """All markets of one merchant from one instant on; `default` serves countries no market names.

    `home_country` (ISO 3166-1) is the market words are about while nobody has chosen one; they then name it.
    """

    id: str
    effective_from: datetime
    markets: tuple[MarketPolicy, ...]
    default: MarketPolicy
    home_country: str | None = None

    def for_country(self, country: str | None) -> MarketPolicy:
        """The market that serves this ISO 3166-1 country."""
        return next((m for m in self.markets if country in m.countries), self.default)
