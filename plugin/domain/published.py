"""Promises written into a shop's own platform, where its pages find them without asking us."""

from dataclasses import dataclass

from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.domain.policy.classes import PromiseClass
from plugin.domain.shop import Shop


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: `owner` is the product's external id, empty for the shop as a whole."""

    owner: str
    key: str


@dataclass(frozen=True, slots=True)
class CountryPromises:
    """The promises to one country: `classes` begins with the one that holds for everything.

    `rules` names what decides which product has which (`rules_key`). Without a policy the law alone holds. `arrives`:
    somebody can say when goods arrive there; when, holds for a day and is not written down.
    """

    shop: Shop
    country: str
    policy: PolicyVersion | None
    market: MarketPolicy | None
    rules: str
    classes: tuple[PromiseClass, ...]
    arrives: bool = False


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a shop's pages are for: languages as its platform writes them, countries by ISO 3166-1 code.

    `board` names what is written on: another one is empty.
    """

    languages: tuple[str, ...]
    countries: tuple[str, ...]
    board: str = ""
