"""Every product gets the promise class it falls in, once, however often a run dies."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.policy.classes import MOST_CLASSES, class_of, class_of_anything, market_key
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item, Scope
from plugin.domain.policy.terms import Track, Window
from plugin.domain.shop import Shop
from plugin.domain.shop_events import Product
from plugin.ports.promises import ProductPromise
from plugin.usecases.compile_promises import compile_promises
from tests.build import MERCHANT, NOW, a_market, a_policy, a_product
from tests.fakes.units import FakeUnits

SHOES = Rule("shoes", Track.RETURN, Scope(categories=frozenset({"Shoes"})), window=Window(90))
LARGE = Rule("large", Track.RETURN, Scope(skus=frozenset({"L"})), window=Window(120))
MARKET = a_market(return_days=30)
POLICY = a_policy(
    default=replace(MARKET, rules=(*MARKET.rules, SHOES, LARGE)), markets=(a_market("FR", frozenset({"FR"})),)
)
PRODUCTS = (
    a_product("1", sku="A", categories=("shoes",)),
    a_product("2", sku="B", categories=("hats",)),
    a_product("3", sku="C", categories=("hats",)),
    a_product("3-large", parent_id="3", sku="L", categories=()),
    a_product("3-small", parent_id="3", sku="S", categories=()),
)


@pytest.fixture
def units(units: FakeUnits, shop: Shop) -> FakeUnits:
    with units(MERCHANT) as unit:
        unit.policies.add(POLICY)
        unit.products.save(shop.id, PRODUCTS)
        unit.commit()
    return units


def run(units: FakeUnits) -> int:
    return compile_promises(merchant=MERCHANT, units=units, now=NOW)


def classes(units: FakeUnits, shop: Shop, market: str = "default", version: str = "v1") -> dict[str, str]:
    with units.read(MERCHANT) as unit:
        return {each.product: each.class_id for each in unit.promises.page(shop.id, version, market, None, 100)}


def test_every_product_falls_in_the_class_of_what_is_known_of_it(units: FakeUnits, shop: Shop) -> None:
    assert run(units) == len(PRODUCTS)
    hats = frozenset({"hats"})
    plain = {"collections": frozenset(), "tags": frozenset({"sale"})}
    items = {
        "1": Item("1", "A", frozenset({"shoes"}), **plain),
        "2": Item("2", "B", hats, **plain),
        "3": Item("3", None, hats, **plain),
        "3-large": Item("3", "L", hats, **plain),
        "3-small": Item("3", "S", hats, **plain),
    }
    assert classes(units, shop) == {known: class_of(item, POLICY, POLICY.default).id for known, item in items.items()}
    assert len(set(classes(units, shop).values())) == 4
    assert len(classes(units, shop, market_key(POLICY, POLICY.markets[0]))) == len(PRODUCTS)


def test_a_second_run_finds_nothing_to_do(units: FakeUnits) -> None:
    run(units)
    commits = units.commits
    assert (run(units), units.commits) == (0, commits)


def test_a_product_that_changed_is_compiled_anew_with_what_hangs_on_it(units: FakeUnits, shop: Shop) -> None:
    run(units)
    before = classes(units, shop)
    with units(MERCHANT) as unit:
        unit.products.save(shop.id, [replace(PRODUCTS[2], categories=("shoes",), updated_at=NOW)])
        unit.commit()
    assert {*before} - {*classes(units, shop)} == {"3", "3-large", "3-small"}
    assert run(units) == 3
    after = classes(units, shop)
    assert after["3-small"] == before["1"]
    assert after["3-large"] == before["3-large"], "an SKU is narrower than a category"


def test_a_new_variation_leaves_its_product_without_a_known_sku(units: FakeUnits, shop: Shop) -> None:
    with units(MERCHANT) as unit:
        unit.products.save(shop.id, [a_product("4", sku="L", categories=("hats",))])
        unit.commit()
    run(units)
    assert classes(units, shop)["4"] == classes(units, shop)["3-large"]
    with units(MERCHANT) as unit:
        unit.products.save(shop.id, [a_product("4-x", parent_id="4", sku="X")])
        unit.commit()
    run(units)
    assert classes(units, shop)["4"] != classes(units, shop)["3-large"]


def test_what_was_compiled_under_an_earlier_version_is_replaced(units: FakeUnits, shop: Shop) -> None:
    run(units)
    later = replace(POLICY, id="v2", effective_from=NOW - timedelta(hours=1), default=a_market(return_days=60))
    with units(MERCHANT) as unit:
        unit.policies.add(later)
        unit.commit()
    assert run(units) == len(PRODUCTS)
    assert classes(units, shop) == {}
    assert set(classes(units, shop, version="v2").values()) == {class_of_anything(later, later.default).id}


def test_a_run_that_died_goes_on_where_it_stood(units: FakeUnits, shop: Shop) -> None:
    with units(MERCHANT) as unit:
        unit.promises.save(
            shop.id, POLICY.id, [ProductPromise("1", "default", "done"), ProductPromise("1", "0", "done")]
        )
        unit.commit()
    assert run(units) == len(PRODUCTS) - 1
    assert classes(units, shop)["1"] == "done"
    assert len(classes(units, shop)) == len(PRODUCTS)


def test_products_beyond_fifty_classes_get_the_promise_for_everything(units: FakeUnits, shop: Shop) -> None:
    tagged = tuple(
        Rule(f"r{n}", Track.RETURN, Scope(tags=frozenset({f"t{n}"})), window=Window(n + 1)) for n in range(80)
    )
    many = replace(POLICY, id="v2", effective_from=NOW, default=replace(MARKET, rules=(*MARKET.rules, *tagged)))
    products: list[Product] = [a_product(f"p{n:02}", tags=(f"t{n}",)) for n in range(80)]
    with units(MERCHANT) as unit:
        unit.policies.add(many)
        unit.products.save(shop.id, products)
        unit.commit()
    run(units)
    found = classes(units, shop, version="v2")
    assert len({*found.values(), class_of_anything(many, many.default).id}) == MOST_CLASSES
    assert found["p79"] == class_of_anything(many, many.default).id


def test_without_a_policy_there_is_nothing_to_compile(shop: Shop) -> None:
    units = FakeUnits()
    assert compile_promises(merchant=shop.merchant, units=units, now=NOW) == 0
