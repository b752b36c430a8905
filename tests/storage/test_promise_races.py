"""Two processes at once, each on a connection of its own: no product ever keeps a promise that holds no more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from plugin.domain.policy.classes import class_of
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item, Scope
from plugin.domain.policy.terms import Track, Window
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.shop_events import Product
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.ids import TimeOrderedIds
from plugin.usecases.compile_promises import compile_promises
from tests.build import MERCHANT, NOW, a_market, a_policy, a_product, a_shop
from tests.storage.pausing import while_pausing
from tests.support.promises import publish_policy

SHOP = a_shop().id
SHOES = Rule("shoes", Track.RETURN, Scope(categories=frozenset({"shoes"})), window=Window(90))
PARENT = a_product("2", sku="B", categories=("hats",))
PRODUCTS = (a_product("1", sku="A", categories=("hats",)), PARENT)
VARIATION = a_product("3-s", parent_id="2", sku="S", categories=())


def with_shoes(days: int, begins: datetime) -> PolicyVersion:
    market = a_market(return_days=days)
    return a_policy(default=replace(market, rules=(*market.rules, SHOES)), effective_from=begins)


def publish(units: Units, days: int, begins: datetime) -> PolicyVersion:
    return publish_policy(with_shoes(days, begins), merchant=MERCHANT, units=units, ids=TimeOrderedIds(), now=begins)


def save(units: Units, *products: Product) -> None:
    with units(MERCHANT) as unit:
        unit.products.save(SHOP, products)
        unit.commit()


def run(units: Units, now: datetime) -> int:
    return compile_promises(merchant=MERCHANT, units=units, now=now)


def run_while(units: Units, now: datetime, meanwhile: Callable[[], object]) -> None:
    """Compile, and before the first commit let `meanwhile` begin; both are over when this returns."""
    while_pausing(units, lambda paused: run(paused, now), meanwhile)


def kept(units: Units, version: str) -> dict[str, str]:
    with units.read(MERCHANT) as unit:
        return {each.product: each.class_id for each in unit.promises.page(SHOP, version, "default", None, 100)}


def test_a_product_that_arrives_while_its_variation_is_compiled_leaves_nothing_stale(storage: Storage) -> None:
    units = storage.units
    policy = publish(units, 30, NOW)
    save(units, VARIATION)
    run_while(units, NOW, lambda: save(units, replace(PARENT, categories=("shoes",), updated_at=NOW)))
    run(units, NOW)
    in_shoes = Item("2", "S", frozenset({"shoes"}), frozenset(), frozenset({"sale"}))
    assert kept(units, policy.id)["3-s"] == class_of(in_shoes, policy, policy.default).id


def test_a_run_that_began_before_the_publication_takes_nothing_back(storage: Storage) -> None:
    units, later = storage.units, NOW + timedelta(minutes=1)
    publish(units, 30, NOW)
    save(units, *PRODUCTS)
    latest = publish(units, 60, later)
    run(units, later)
    before = kept(units, latest.id)
    assert before.keys() == {"1", "2"}
    assert run(units, NOW) == 0
    assert kept(units, latest.id) == before


def test_publishing_and_compiling_beside_a_slower_run_ends_with_the_new_promises(storage: Storage) -> None:
    units, later = storage.units, NOW + timedelta(minutes=1)
    publish(units, 30, NOW)
    save(units, *PRODUCTS)
    published: list[PolicyVersion] = []

    def publish_and_compile() -> None:
        published.append(publish(units, 60, later))
        run(units, later)

    run_while(units, NOW, publish_and_compile)
    assert kept(units, published[0].id).keys() == {"1", "2"}
