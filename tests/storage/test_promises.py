"""Compiled promises of products: what is due, what is kept, and what a changed product takes with it."""

from plugin.ports.promises import ProductPromise
from plugin.ports.unit_of_work import Units
from tests.build import MERCHANT, NOW, a_product, a_shop

SHOP = a_shop().id
PRODUCTS = (
    a_product("1", sku="A"),
    a_product("2", sku="B"),
    a_product("2-s", parent_id="2", sku="S"),
    a_product("3", sku="C"),
)


def fill(units: Units) -> None:
    with units(MERCHANT) as unit:
        unit.products.save(SHOP, PRODUCTS)
        unit.commit()


def keep(units: Units, version: str, classes: dict[str, str], market: str = "default") -> None:
    with units(MERCHANT) as unit:
        unit.promises.save(SHOP, version, [ProductPromise(product, market, own) for product, own in classes.items()])
        unit.commit()


def due(units: Units, version: str = "v1", after: str | None = None, limit: int = 10) -> list[str]:
    with units(MERCHANT) as unit:
        return [product.external_id for product in unit.promises.due(SHOP, version, after, limit)]


def kept(units: Units, version: str = "v1", market: str = "default") -> dict[str, str]:
    with units.read(MERCHANT) as unit:
        return {each.product: each.class_id for each in unit.promises.page(SHOP, version, market, None, 10)}


def test_every_product_is_due_until_it_is_compiled_under_the_version(units: Units) -> None:
    fill(units)
    assert due(units) == ["1", "2", "2-s", "3"]
    assert due(units, after="1", limit=2) == ["2", "2-s"]
    keep(units, "v1", {"1": "x", "2-s": "y"})
    assert due(units) == ["2", "3"]
    assert due(units, "v2") == ["1", "2", "2-s", "3"]


def test_promises_come_back_by_product_and_by_class(units: Units) -> None:
    fill(units)
    keep(units, "v1", {"3": "x", "1": "y", "2": "x"})
    keep(units, "v1", {"3": "z"}, market="0")
    assert kept(units) == {"1": "y", "2": "x", "3": "x"}
    with units.read(MERCHANT) as unit:
        assert unit.promises.classes(SHOP, "v1", "default") == {"x": "2", "y": "1"}
        assert unit.promises.classes(SHOP, "v1", "0") == {"z": "3"}
        page = unit.promises.page(SHOP, "v1", "default", "1", 1)
    assert [each.product for each in page] == ["2"]


def test_a_newer_version_takes_the_place_of_the_older_product_by_product(units: Units) -> None:
    fill(units)
    keep(units, "v1", {"1": "x", "2": "x"})
    keep(units, "v1", {"1": "x"}, market="0")
    keep(units, "v2", {"1": "y"})
    assert (kept(units), kept(units, market="0"), kept(units, "v2")) == ({"2": "x"}, {}, {"1": "y"})


def test_a_changed_product_takes_its_promises_and_those_of_its_variations_with_it(units: Units) -> None:
    fill(units)
    keep(units, "v1", {"1": "x", "2": "x", "2-s": "x", "3": "x"})
    with units(MERCHANT) as unit:
        unit.products.save(SHOP, [a_product("2", sku="B", tags=("new",), updated_at=NOW)])
        unit.commit()
    assert due(units) == ["2", "2-s"]


def test_a_changed_variation_takes_the_promises_of_its_product_with_it(units: Units) -> None:
    fill(units)
    keep(units, "v1", {"1": "x", "2": "x", "2-s": "x", "3": "x"})
    with units(MERCHANT) as unit:
        unit.products.save(SHOP, [a_product("3-l", parent_id="3", sku="L")])
        unit.commit()
    assert due(units) == ["3", "3-l"]


def test_variations_are_found_by_their_product(units: Units) -> None:
    fill(units)
    with units.read(MERCHANT) as unit:
        assert [each.external_id for each in unit.products.variations(SHOP, "2")] == ["2-s"]
        assert unit.products.with_variations(SHOP, ["1", "2", "9"]) == {"2"}
