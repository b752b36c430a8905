"""Products are kept as they are reported, and orders copy what they sold: once, when it is first known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from plugin.domain.effects import RebuildEntitlements
from plugin.domain.ids import ShopId
from plugin.domain.order import Order, OrderLine
from plugin.domain.shop import Shop
from plugin.domain.shop_events import OrderSeen, Product, ProductSeen, RefundSeen, ShopEvent
from plugin.domain.stored import StoredOrder
from plugin.ports.ids import Ids
from plugin.usecases.apply_shop_events import Verdict, apply_shop_events
from plugin.usecases.import_orders import BATCH, import_orders
from plugin.usecases.read_record import Fault, Reading
from tests.build import MERCHANT, NOW, a_line, a_product, a_refund, an_order
from tests.fakes.products import FakeProducts
from tests.fakes.sources import FakeIds
from tests.fakes.units import FakeUnits

SECOND = timedelta(seconds=1)
BARE = a_line(categories=(), is_physical=None)
ORDER = an_order(lines=(BARE,))
PRODUCT = a_product()
assert PRODUCT.updated_at is not None
MOVED = a_product(categories=("food",), updated_at=PRODUCT.updated_at + SECOND)


def seen(thing: Order | Product) -> tuple[ShopEvent, ...]:
    return (OrderSeen(thing),) if isinstance(thing, Order) else (ProductSeen(thing),)


def run(units: FakeUnits, shop: Shop, *things: Order | Product) -> Counter[str]:
    """Import these as one file."""
    readings = [Reading("", repr(thing).encode(), seen(thing)) for thing in things]
    return sum(import_orders(readings, shop=shop, units=units, ids=fresh_ids(units), now=NOW), Counter())


def fresh_ids(units: FakeUnits) -> Ids:
    ids = FakeIds()
    for _ in range(10 * len(units.of(MERCHANT).orders)):
        ids.new()
    return ids


def on_record(units: FakeUnits) -> StoredOrder:
    (stored,) = units.of(MERCHANT).orders.values()
    return stored


def line(units: FakeUnits) -> OrderLine:
    return on_record(units).order.lines[0]


def later(order: Order, **facts: object) -> Order:
    return an_order(**{"lines": order.lines, "updated_at": order.updated_at + SECOND, **facts})


def test_a_report_that_leaves_collections_out_takes_none_away(units: FakeUnits, shop: Shop) -> None:
    run(units, shop, a_product(collections=("sale",)))
    run(units, shop, replace(MOVED, leaves_out_collections=True))
    (kept,) = units.of(MERCHANT).products.values()
    assert (kept.categories, kept.collections, kept.leaves_out_collections) == (("food",), ("sale",), False)
    run(units, shop, replace(MOVED, collections=()))
    (kept,) = units.of(MERCHANT).products.values()
    assert kept.collections == (), "a report that says there are none takes them away"


def test_products_are_stored_unchanged_or_outdated_as_they_come(units: FakeUnits, shop: Shop) -> None:
    assert run(units, shop, MOVED) == {"stored": 1}
    assert run(units, shop, MOVED, PRODUCT) == {"unchanged": 1, "outdated": 1}
    assert run(units, shop, a_product("777", parent_id="501"), MOVED) == {"stored": 1, "unchanged": 1}
    assert units.of(MERCHANT).products[shop.id, "501"] == MOVED


def test_states_of_one_product_in_one_file_end_with_the_newest(units: FakeUnits, shop: Shop) -> None:
    assert run(units, shop, MOVED, PRODUCT) == {"stored": 1, "outdated": 1}
    assert units.of(MERCHANT).products[shop.id, "501"] == MOVED


def test_an_order_gets_what_its_products_are_when_it_first_comes(units: FakeUnits, shop: Shop) -> None:
    run(units, shop, PRODUCT)
    assert run(units, shop, ORDER) == {"stored": 1}
    assert (line(units).categories, line(units).tags, line(units).is_physical) == (PRODUCT.categories, ("sale",), True)


def test_in_one_file_products_count_wherever_they_stand(units: FakeUnits, shop: Shop) -> None:
    assert run(units, shop, ORDER, PRODUCT) == {"stored": 2}
    assert line(units).categories == PRODUCT.categories


def test_verdicts_stay_in_the_order_of_the_reports(units: FakeUnits, shop: Shop) -> None:
    run(units, shop, PRODUCT)
    unknown = (RefundSeen(an_order("9").ref, a_refund()),)
    with units(MERCHANT) as unit:
        reports = [seen(ORDER), seen(PRODUCT), unknown, seen(MOVED)]
        verdicts: list[Verdict] = apply_shop_events(reports, shop, unit, FakeIds())
    assert verdicts == ["stored", "unchanged", Fault("order_unknown", "order"), "stored"]


def test_an_order_imported_again_is_unchanged_and_not_even_opened(units: FakeUnits, shop: Shop) -> None:
    run(units, shop, PRODUCT, ORDER)
    before = on_record(units)
    assert run(units, shop, ORDER) == {"unchanged": 1}
    assert on_record(units) == before
    with units(MERCHANT) as unit:
        unit.products = NoLookUp(units.of(MERCHANT).copy())
        assert apply_shop_events([seen(ORDER)], shop, unit, FakeIds()) == ["unchanged"]


def test_later_reports_keep_the_copy_made_first_though_the_product_has_moved(units: FakeUnits, shop: Shop) -> None:
    run(units, shop, PRODUCT, ORDER)
    run(units, shop, MOVED)
    assert run(units, shop, later(ORDER, platform_status="completed")) == {"stored": 1}
    assert (on_record(units).order.platform_status, line(units).categories) == ("completed", PRODUCT.categories)
    assert run(units, shop, later(ORDER, platform_status="completed")) == {"unchanged": 1}


def test_a_product_first_known_after_its_order_fills_it_when_the_order_comes_again(
    units: FakeUnits, shop: Shop
) -> None:
    run(units, shop, ORDER)
    run(units, shop, PRODUCT)
    assert line(units) == BARE
    queued = len(units.effects(MERCHANT))
    assert run(units, shop, ORDER) == {"stored": 1}
    assert line(units).categories == PRODUCT.categories
    assert [type(effect) for effect in units.effects(MERCHANT)[queued:]] == [RebuildEntitlements]
    run(units, shop, MOVED)
    assert run(units, shop, ORDER) == {"unchanged": 1}
    assert line(units).categories == PRODUCT.categories


def test_an_order_whose_product_stays_unknown_is_unchanged_in_a_shop_with_other_products(
    units: FakeUnits, shop: Shop
) -> None:
    run(units, shop, a_product("999"), ORDER)
    before = on_record(units)
    assert run(units, shop, ORDER) == {"unchanged": 1}
    assert on_record(units) == before


def test_a_refund_completes_the_order_it_joins(units: FakeUnits, shop: Shop) -> None:
    run(units, shop, ORDER)
    run(units, shop, PRODUCT)
    with units(MERCHANT) as unit:
        apply_shop_events([(RefundSeen(ORDER.ref, a_refund()),)], shop, unit, FakeIds())
        unit.commit()
    assert line(units).categories == PRODUCT.categories


class NoLookUp(FakeProducts):
    """A catalogue that may be asked whether it is there, and for no product."""

    def of(self, shop: ShopId, external_ids: Sequence[str]) -> Mapping[str, Product]:
        raise AssertionError((shop, external_ids))


def test_a_shop_without_products_looks_none_up(units: FakeUnits, shop: Shop) -> None:
    with units(MERCHANT) as unit:
        unit.products = NoLookUp(units.of(MERCHANT).copy())
        assert apply_shop_events([seen(ORDER)], shop, unit, FakeIds()) == ["stored"]


class Counted(FakeProducts):
    """A catalogue that counts how often it is looked into."""

    asked: int = 0

    def of(self, shop: ShopId, external_ids: Sequence[str]) -> Mapping[str, Product]:
        Counted.asked += 1
        return FakeProducts.of(self, shop, external_ids)


def test_a_batch_of_orders_looks_its_products_up_at_once(units: FakeUnits, shop: Shop) -> None:
    run(units, shop, *(a_product(str(n)) for n in range(50)))
    with units(MERCHANT) as unit:
        Counted.asked = 0
        unit.products = Counted(units.of(MERCHANT).copy())
        batch = [an_order(str(n), lines=(a_line(product_id=str(n % 50)),)) for n in range(BATCH)]
        assert apply_shop_events([seen(order) for order in batch], shop, unit, FakeIds()) == ["stored"] * BATCH
        assert Counted.asked == 1
