"""Say what a shop promises to a delivery country now, before anything is bought."""

import re
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.errors import Invalid, NotFound
from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.domain.shop import Shop
from plugin.ports.unit_of_work import Directory, Units

_COUNTRY = re.compile(r"[A-Z]{2}")


class UnknownShop(NotFound):
    """No shop has this public key."""

    code = "shop_unknown"


class NotACountry(Invalid):
    """The delivery country is no ISO 3166-1 alpha-2 code."""

    code = "country_invalid"


class CountryNeeded(Invalid):
    """Nobody chose a country and the shop's policy names no default one."""

    code = "country_needed"


@dataclass(frozen=True, slots=True)
class PolicyQuote:
    """The promise to one country. `is_default`: nobody chose the country, so words about it must name it."""

    shop: Shop
    country: str
    is_default: bool
    policy: PolicyVersion | None
    market: MarketPolicy | None
    """None when the merchant has no policy in force: the law alone holds."""


def quote_policy(
    shop_key: str, country: str | None, *, directory: Directory, units: Units, now: datetime
) -> PolicyQuote:
    """The promise in force at `now`; without a country, to the shop's default market.

    Raises `UnknownShop`, `NotACountry`, `CountryNeeded`.
    """
    chosen = _checked(country)
    shop = directory.shop_by_key(shop_key)
    if shop is None:
        raise UnknownShop
    with units.read(shop.merchant) as unit:
        policy = unit.policies.in_force(now)
    return _quote(shop, chosen, policy)


def _quote(shop: Shop, chosen: str | None, policy: PolicyVersion | None) -> PolicyQuote:
    country = chosen or _home(policy)
    market = policy.for_country(country) if policy else None
    return PolicyQuote(shop, country, chosen is None, policy, market)


def _checked(country: str | None) -> str | None:
    if not country:
        return None
    code = country.upper()
    if not _COUNTRY.fullmatch(code):
        raise NotACountry({"field": "country"})
    return code


def _home(policy: PolicyVersion | None) -> str:
    """The policy's home country, else the default market's, else that of the first market that names one."""
    if policy is not None and policy.home_country is not None:
        return policy.home_country
    markets = (policy.default, *policy.markets) if policy else ()
    named = (country for market in markets for country in (market.market, *sorted(market.countries)))
    home = next(filter(_COUNTRY.fullmatch, named), None)
    if home is None:
        raise CountryNeeded({"field": "country"})
    return home
