"""Say what is to stand in a shop's platform so that its pages print our promises: by country, and by product."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

import msgspec

from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.domain.policy.classes import class_of_anything, market_key, rules_key
from plugin.domain.published import Audience, CountryPromises, Place
from plugin.domain.shop import Shop
from plugin.ports.published_promises import Entry, WordPromises
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.quote_promises import LAW_ALONE, classes_of
from plugin.usecases.tracking.expected_days import told_destinations

PRODUCT_KEY = "promise"
_BATCH = 500
_Classes = Mapping[str, str]
"""Product or variation -> class."""


def plan_countries(shop: Shop, audience: Audience, unit: UnitOfWork, now: datetime) -> Iterator[CountryPromises]:
    """What is promised to each country; a market's classes are looked up once."""
    policy = unit.policies.in_force(now)
    arrives = told_destinations(shop, audience.countries, unit, now)
    of_market: dict[str, CountryPromises] = {}
    for country in audience.countries:
        market = policy.for_country(country) if policy else None
        key = market_key(policy, market) if policy and market else ""
        if key not in of_market:
            of_market[key] = _promises(shop, country, policy, market, unit)
        yield replace(of_market[key], country=country, arrives=country in arrives)


def country_entry(promises: CountryPromises, language: str, word: WordPromises, most_bytes: int) -> Entry:
    """Under `<language>-<country>`, as the platform writes both."""
    return Entry(Place("", f"{language}-{promises.country}"), word(promises, language, most_bytes))


def anywhere_entry(shop: Shop, language: str, word: WordPromises) -> Entry:
    """Under `<language>-anywhere`, which no language and country are written as: for countries without an entry.

    Who bought before the shop left their country still finds the way to withdraw (Directive 2011/83/EU art. 11a).
    """
    return Entry(Place("", f"{language}-anywhere"), word.anywhere(shop, language))


def plan_products(shop: Shop, unit: UnitOfWork, most_bytes: int, now: datetime) -> Iterator[Entry]:
    """What is written on products, by id: the class by the `rules` of each market, and variations that differ.

    A product that has what holds for everything in every market needs nothing written on it.
    """
    policy = unit.policies.in_force(now)
    if policy is None:
        return
    markets = {rules_key(policy, market): market for market in (policy.default, *policy.markets)}
    anything = {rules: class_of_anything(policy, market).id for rules, market in markets.items()}
    promised = {rules: _promised(shop, policy, market, unit) for rules, market in markets.items()}
    for product, variations in sorted(_families(shop, promised, unit).items()):
        own = {
            rules: told
            for rules, classes in promised.items()
            if (told := _told(product, variations, classes, anything[rules]))
        }
        if own:
            yield Entry(Place(product, PRODUCT_KEY), _fitting(own, most_bytes))


def _promises(
    shop: Shop, country: str, policy: PolicyVersion | None, market: MarketPolicy | None, unit: UnitOfWork
) -> CountryPromises:
    classes = classes_of(shop, policy, market, unit) if policy and market else (LAW_ALONE,)
    return CountryPromises(shop, country, policy, market, rules_key(policy, market), classes)


def _promised(shop: Shop, policy: PolicyVersion, market: MarketPolicy, unit: UnitOfWork) -> _Classes:
    found: dict[str, str] = {}
    after: str | None = None
    while page := unit.promises.page(shop.id, policy.id, market_key(policy, market), after, _BATCH):
        found |= {each.product: each.class_id for each in page}
        after = page[-1].product
    return found


def _families(shop: Shop, promised: Mapping[str, _Classes], unit: UnitOfWork) -> Mapping[str, list[str]]:
    """Every product with its variations."""
    named = sorted(set().union(*promised.values()))
    families: dict[str, list[str]] = defaultdict(list)
    for begin in range(0, len(named), _BATCH):
        for product in unit.products.of(shop.id, named[begin : begin + _BATCH]).values():
            if product.parent_id is None:
                families[product.external_id] = families[product.external_id]
            else:
                families[product.parent_id].append(product.external_id)
    return families


def _told(product: str, variations: list[str], classes: _Classes, anything: str) -> dict[str, object] | None:
    whole = classes.get(product, anything)
    others = {each: classes[each] for each in sorted(variations) if classes.get(each, whole) != whole}
    if whole == anything and not others:
        return None
    return {"promise": whole, "variants": others} if others else {"promise": whole}


def _fitting(own: Mapping[str, dict[str, object]], most_bytes: int) -> bytes:
    """Without the variations where there are too many: what holds for the product holds for each of them."""
    whole = msgspec.json.encode(own)
    if len(whole) <= most_bytes:
        return whole
    return msgspec.json.encode({rules: {"promise": told["promise"]} for rules, told in own.items()})
