"""Say what a shop's after-sales page for one country is made of: the promise in force, and the countries to choose."""

from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.clocks.engine import Law
from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.domain.policy.scope import Item
from plugin.domain.shop import Shop
from plugin.ports.unit_of_work import Directory, Units
from plugin.usecases.look_up_items import UNKNOWN, look_up_item
from plugin.usecases.quote_policy import NotACountry, quote_policy


@dataclass(frozen=True, slots=True)
class PageQuote:
    """The promise to one country; `countries` are all that have such a page, by code, `home` the one nobody chose.

    `item` is what is known of the product it is about.
    """

    shop: Shop
    country: str
    home: str
    countries: tuple[str, ...]
    policy: PolicyVersion | None
    market: MarketPolicy | None
    item: Item = UNKNOWN


def quote_page(
    shop_key: str, country: str | None, *, directory: Directory, units: Units, law: Law, now: datetime
) -> PageQuote:
    """The page in force at `now`; without a country, the shop's home page.

    Raises `UnknownShop`; `NotACountry` also for a country that neither the rulebook nor the policy knows;
    `CountryNeeded` where no country was chosen and the policy names none.
    """
    quote = quote_policy(shop_key, country, directory=directory, units=units, now=now)
    countries = countries_of(quote.policy, law)
    if quote.country not in countries:
        raise NotACountry({"field": "country"})
    home = quote.policy.home_country if quote.policy else None
    return PageQuote(quote.shop, quote.country, home or quote.country, countries, quote.policy, quote.market)


def quote_draft_page(shop: Shop, country: str, policy: PolicyVersion, law: Law) -> PageQuote:
    """The page as it would be under a policy that is only written yet. Raises `NotACountry`."""
    countries = countries_of(policy, law)
    if country not in countries:
        raise NotACountry({"field": "country"})
    return PageQuote(shop, country, policy.home_country or country, countries, policy, policy.for_country(country))


def about_product(quote: PageQuote, product: str, *, units: Units) -> PageQuote:
    """The same for one product or variation, by the platform's id; for one not on record what holds for everything."""
    with units.read(quote.shop.merchant) as unit:
        return replace(quote, item=look_up_item(product, None, quote.shop, unit))


def countries_of(policy: PolicyVersion | None, law: Law) -> tuple[str, ...]:
    """Every ISO 3166-1 country whose law is known or which the policy names, in order of code."""
    known = {code for code in law.rulebook.jurisdictions if "-" not in code}
    named = {country for market in policy.markets for country in market.countries} if policy else set()
    home = {policy.home_country} if policy and policy.home_country else set()
    return tuple(sorted(known | named | home))
