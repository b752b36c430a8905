"""Say which promises a shop makes in a market and which product has which, for surfaces that have no engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.domain.policy.classes import PromiseClass, class_of, class_of_anything, market_key
from plugin.domain.policy.promised import NOTHING
from plugin.domain.shop import Shop
from plugin.ports.promises import ProductPromise
from plugin.ports.unit_of_work import Directory, UnitOfWork, Units
from plugin.usecases.look_up_items import look_up_items
from plugin.usecases.quote_policy import checked_country, home_country, known_shop

PAGE = 500
"""Products on one page."""
LAW_ALONE = PromiseClass("law", NOTHING)
"""The one class there is without a policy."""


@dataclass(frozen=True, slots=True)
class PromisesQuote:
    """The classes of a market, first the one that holds for everything, and a page of products with theirs.

    A product that is not named, or named with a class that is not here, has the first. `after` is where the next page
    begins, None on the last.
    """

    country: str
    is_default: bool
    policy: PolicyVersion | None
    market: MarketPolicy | None
    classes: tuple[PromiseClass, ...]
    products: Sequence[ProductPromise]
    after: str | None


def quote_promises(
    shop_key: str, country: str | None, after: str | None, *, directory: Directory, units: Units, now: datetime
) -> PromisesQuote:
    """The promises in force at `now`; without a country, to the shop's default market. Raises as `quote_policy`."""
    chosen, shop = checked_country(country), known_shop(shop_key, directory)
    with units.read(shop.merchant) as unit:
        policy = unit.policies.in_force(now)
        place = chosen or home_country(policy)
        if policy is None:
            return PromisesQuote(place, chosen is None, None, None, (LAW_ALONE,), (), None)
        market = policy.for_country(place)
        page = unit.promises.page(shop.id, policy.id, market_key(policy, market), after, PAGE)
        following = page[-1].product if len(page) == PAGE else None
        return PromisesQuote(
            place, chosen is None, policy, market, classes_of(shop, policy, market, unit), page, following
        )


def classes_of(shop: Shop, policy: PolicyVersion, market: MarketPolicy, unit: UnitOfWork) -> tuple[PromiseClass, ...]:
    """Each class as its first product tells it; one whose products are being compiled anew is left out."""
    anything = class_of_anything(policy, market)
    firsts = unit.promises.classes(shop.id, policy.id, market_key(policy, market))
    items = look_up_items(list(unit.products.of(shop.id, sorted(firsts.values())).values()), shop, unit)
    told = (class_of(items[first], policy, market) for first in sorted(firsts.values()))
    others = {each.id: each for each in told if each.id in firsts and each.id != anything.id}
    return (anything, *others.values())
