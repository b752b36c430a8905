"""Find the promise class of every product that has none under the policy in force, so that any surface can print it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from plugin.domain.ids import MerchantId
from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.domain.policy.classes import MOST_CLASSES, class_of, class_of_anything, market_key
from plugin.domain.policy.scope import Item
from plugin.domain.shop import Shop
from plugin.domain.shop_events import Product
from plugin.ports.promises import ProductPromise
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.look_up_items import look_up_items

_BATCH = 500


def compile_promises(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many products were compiled.

    Batches are committed one by one, and what is compiled is not due any more: a run that dies is simply run again.
    While a batch is at work nobody publishes or changes a product, and what a later version promises already is left
    alone: a run that began before a publication takes nothing of it back.
    """
    with units.read(merchant) as unit:
        policy = unit.policies.in_force(now)
        shops = [shop for shop in unit.shops.all() if policy and _due(policy, shop, None, unit, most=1)]
    return sum(_compile(shop, merchant, units, now) for shop in shops)


def _compile(shop: Shop, merchant: MerchantId, units: Units, now: datetime) -> int:
    compiled, after = 0, None
    while True:
        with units(merchant) as unit:
            unit.policies.hold()
            policy = unit.policies.in_force(now)
            batch = _due(policy, shop, after, unit) if policy else ()
            if policy is None or not batch:
                return compiled
            unit.promises.save(shop.id, policy.id, list(_promises(batch, shop, policy, unit)))
            unit.postings.ask(shop.id, now)
            unit.commit()
        compiled += len(batch)
        after = batch[-1].external_id


def _due(
    policy: PolicyVersion, shop: Shop, after: str | None, unit: UnitOfWork, most: int = _BATCH
) -> Sequence[Product]:
    later = [version.id for version in unit.policies.since(policy.effective_from)]
    return unit.promises.due(shop.id, policy.id, after, most, later=later)


def _promises(
    batch: Sequence[Product], shop: Shop, policy: PolicyVersion, unit: UnitOfWork
) -> Iterator[ProductPromise]:
    items = look_up_items(batch, shop, unit)
    for market in (policy.default, *policy.markets):
        key = market_key(policy, market)
        anything = class_of_anything(policy, market).id
        known = {*unit.promises.classes(shop.id, policy.id, key), anything}
        for product, item in items.items():
            found = _class(item, policy, market, known)
            known.add(found or anything)
            yield ProductPromise(product, key, found or anything)


def _class(item: Item, policy: PolicyVersion, market: MarketPolicy, known: set[str]) -> str | None:
    """The item's class; None once there are too many of them."""
    found = class_of(item, policy, market).id
    return found if found in known or len(known) < MOST_CLASSES else None
