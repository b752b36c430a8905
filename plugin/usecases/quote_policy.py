"""Say what a shop promises to a delivery country now, before anything is bought."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from plugin.domain.errors import Invalid, NotFound
from plugin.domain.law.zones import delivery_place
from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.domain.policy.scope import Item
from plugin.domain.shop import Shop
from plugin.domain.tracking.eta.forecast import ExpectedRange
from plugin.ports.unit_of_work import Directory, Units
from plugin.usecases.look_up_items import UNKNOWN, look_up_item
from plugin.usecases.tracking.expected_days import expected_for

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
class Wanted:
    """The goods a promise is asked for, by the platform's ids; nothing named: everything in the shop.

    `sku` tells which variation of `product` it is. `cart` are products or variations that lie in the cart together.
    """

    product: str | None = None
    sku: str | None = None
    cart: tuple[str, ...] = ()


ANYTHING_WANTED = Wanted()


@dataclass(frozen=True, slots=True)
class PolicyQuote:
    """The promise to one country. `is_default`: nobody chose the country, so words about it must name it.

    `item` is what is known of the product; `cart` what is known of the goods a banner speaks for.
    """

    shop: Shop
    country: str
    is_default: bool
    policy: PolicyVersion | None
    market: MarketPolicy | None
    """None when the merchant has no policy in force: the law alone holds."""
    item: Item = UNKNOWN
    cart: tuple[Item, ...] = (UNKNOWN,)
    arrival: ExpectedRange | None = None
    """When what is ordered now should arrive; None: nobody can say."""


def quote_policy(
    shop_key: str,
    country: str | None,
    wanted: Wanted = ANYTHING_WANTED,
    *,
    directory: Directory,
    units: Units,
    now: datetime,
) -> PolicyQuote:
    """The promise in force at `now`; without a country, to the shop's default market.

    Raises `UnknownShop`, `NotACountry`, `CountryNeeded`.
    """
    chosen, shop = checked_country(country), known_shop(shop_key, directory)
    with units.read(shop.merchant) as unit:
        policy = unit.policies.in_force(now)
        item = look_up_item(wanted.product, wanted.sku, shop, unit) if wanted.product else UNKNOWN
        cart = tuple(look_up_item(product, None, shop, unit) for product in dict.fromkeys(wanted.cart))
        place = chosen or home_country(policy)
        arrival = expected_for(shop, place, unit, now)
    market = policy.for_country(place) if policy else None
    return PolicyQuote(shop, place, chosen is None, policy, market, item, cart or (item,), arrival)


def known_shop(shop_key: str, directory: Directory) -> Shop:
    """The shop with this public key; raises `UnknownShop`."""
    shop = directory.shop_by_key(shop_key)
    if shop is None:
        raise UnknownShop
    return shop


def checked_country(country: str | None) -> str | None:
    """The country that was chosen, if any; raises `NotACountry`."""
    if not country:
        return None
    code = country.upper()
    if not _COUNTRY.fullmatch(code):
        raise NotACountry({"field": "country"})
    return code


def home_country(policy: PolicyVersion | None) -> str:
    """The policy's home country, else the default market's, else that of the first market that names one.

    Raises `CountryNeeded`.
    """
    if policy is not None and policy.home_country is not None:
        return policy.home_country
    markets = (policy.default, *policy.markets) if policy else ()
    named = (country for market in markets for country in (market.market, *sorted(market.countries)))
    home = next(filter(_COUNTRY.fullmatch, named), None)
    if home is None:
        raise CountryNeeded({"field": "country"})
    return home


def home_zone(policy: PolicyVersion | None) -> ZoneInfo:
    """The clock of the home country, in its likeliest zone; UTC where no country is named."""
    try:
        return delivery_place(home_country(policy)).zone
    except CountryNeeded:
        return ZoneInfo("UTC")
