"""What the shop promises on top of the law, by market; a version is immutable, and an order keeps the one it had."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from plugin.domain.policy.identity import ReturnAddress, Support, Trader
from plugin.domain.policy.reasons import Reason
from plugin.domain.policy.repair import RepairInformation
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import CountryCode, Language, Words
from plugin.domain.policy.traits import TraitRule

MarketName = Annotated[str, Meta(min_length=1, max_length=100)]


class InformedBy(StrEnum):
    """How shoppers are told of their right of withdrawal before they order."""

    CHECKOUT_LINK = "checkout_link"
    CHECKOUT_TEXT = "checkout_text"
    ORDER_MAIL = "order_mail"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the merchant declares about informing shoppers; None while nothing is declared, and then nothing follows.

    `is_informed`: shoppers are told of their right of withdrawal before the contract as the law wants; `since` which
    day, and `by` which means. `is_told_return_cost`: they are told before the order that they bear the cost of the
    return (Directive 2011/83/EU arts 6(1)(h), 6(1)(i), 6(6)).
    """

    is_informed: bool | None = None
    since: date | None = None
    by: frozenset[InformedBy] = frozenset()
    is_told_return_cost: bool | None = None

    def is_informed_on(self, day: date) -> bool | None:
        """The declaration as it holds for a contract of that day: before `since` nothing is declared."""
        return None if self.since is not None and day < self.since else self.is_informed


UNDECLARED = Disclosure()


@dataclass(frozen=True, slots=True)
class MarketPolicy:
    """The promise to one market: a group of countries (ISO 3166-1), none for the default market."""

    market: MarketName
    countries: frozenset[CountryCode] = frozenset()
    rules: tuple[Rule, ...] = ()
    disclosure: Disclosure = UNDECLARED
    trader: Trader | None = None
    """None: the default market's."""
    support: Support | None = None
    texts: tuple[Words, ...] = ()
    """The shop's own sentences about its promises in this market, by language; checked by the linter."""
    language: Language | None = None
    """What shoppers are written in whose language no order tells; None: the largest of the country they are in."""


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """All markets of one merchant from one instant on; `default` serves countries no market names.

    `home_country` is the market words are about while nobody has chosen one; they then name it. `traits`, `reasons`
    and `repairs` hold for every market. `is_for_earlier_orders`: an order placed before it has each of its promises
    that is better for the shopper than the order's own; it never takes anything away.
    """

    id: str
    effective_from: Annotated[datetime, Meta(tz=True)]
    default: MarketPolicy
    markets: tuple[MarketPolicy, ...] = ()
    home_country: CountryCode | None = None
    traits: tuple[TraitRule, ...] = ()
    reasons: tuple[Reason, ...] = field(default=())
    return_addresses: tuple[ReturnAddress, ...] = ()
    is_for_earlier_orders: bool = False
    repairs: tuple[RepairInformation, ...] = ()

    def for_country(self, country: str | None) -> MarketPolicy:
        """The market that serves this ISO 3166-1 country."""
        return next((m for m in self.markets if country in m.countries), self.default)

    def trader_of(self, market: MarketPolicy) -> Trader | None:
        """Who sells in this market."""
        return market.trader or self.default.trader

    def support_of(self, market: MarketPolicy) -> Support | None:
        """Who helps in this market."""
        return market.support or self.default.support


def for_earlier_orders(
    versions: Iterable[PolicyVersion], policy: PolicyVersion | None, placed_at: datetime, now: datetime
) -> tuple[PolicyVersion, ...]:
    """Of all versions those which by `now` better an order placed then under `policy`, oldest first."""
    begun = placed_at if policy is None else max(placed_at, policy.effective_from)
    since = [each for each in versions if each.is_for_earlier_orders and begun < each.effective_from <= now]
    return tuple(sorted(since, key=lambda each: (each.effective_from, each.id)))
