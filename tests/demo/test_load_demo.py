from datetime import UTC, datetime

import pytest

from integrations.platforms import TRANSLATORS
from plugin.demo.load import OWNER, Demo, load_demo
from plugin.domain.clocks.engine import Law
from plugin.domain.entitlement import ClockState, Right
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Platform
from plugin.ports.deps import Deps
from plugin.usecases.quote_entitlements import Quote
from plugin.usecases.quote_shop import quote_number, quote_shop
from plugin.usecases.tracking.quote_tracking import quote_tracking
from tests.fakes.deps import fake_deps
from tests.fakes.sources import FakeClock, FakeMailer
from tests.fakes.units import FakeUnits

NOW = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def units() -> FakeUnits:
    return FakeUnits()


@pytest.fixture(scope="module")
def deps(units: FakeUnits) -> Deps:
    law = Law(load_rulebook(), HolidayCalendar())
    return fake_deps(units, law, clock=FakeClock(NOW), mailer=FakeMailer(), translators=TRANSLATORS)


@pytest.fixture(scope="module")
def demo(deps: Deps) -> Demo:
    return load_demo(deps)


def quotes(demo: Demo, deps: Deps) -> list[Quote]:
    return [
        quote
        for shop in demo.shops.values()
        for quote in quote_shop(shop, units=deps.units, law=deps.law, now=deps.clock.now())
    ]


def one(demo: Demo, deps: Deps, number: str, platform: Platform = Platform.WOOCOMMERCE) -> Quote:
    (found,) = quote_number(number, demo.shops[platform], units=deps.units, law=deps.law, now=deps.clock.now())
    return found


def test_everything_comes_in_and_what_lacks_fields_is_parked(demo: Demo) -> None:
    assert demo.tally == {"stored": 66, "skipped": 1, "parked": 3}
    assert all(shop.is_demo for shop in demo.shops.values())


def test_loading_again_changes_nothing(demo: Demo, deps: Deps, units: FakeUnits) -> None:
    before = units.of(demo.merchant.id).copy()
    assert load_demo(deps) == Demo(demo.merchant, demo.shops, demo.tally.__class__())
    assert units.of(demo.merchant.id) == before


def test_what_the_store_sells_is_on_record_and_copied_into_the_lines(demo: Demo, deps: Deps) -> None:
    shop = demo.shops[Platform.WOOCOMMERCE]
    with deps.units.read(demo.merchant.id) as unit:
        mug = unit.products.of(shop.id, ["508"])["508"]
    assert (mug.sku, mug.categories) == ("NL-MUG-ENG", ("Outdoor", "Kitchen"))
    watch = one(demo, deps, "3008").stored.order.lines[0]
    assert (watch.product_id, watch.categories) == ("506", ("Electronics", "Navigation"))


def test_the_newest_orders_are_of_the_day_of_loading_and_none_is_of_the_future(demo: Demo, deps: Deps) -> None:
    placed = [quote.stored.order.placed.at for quote in quotes(demo, deps)]
    assert max(placed).date() == NOW.date()


def test_every_state_worth_showing_is_there(demo: Demo, deps: Deps) -> None:
    clocks = [clock for quote in quotes(demo, deps) for line in quote.lines for clock in line.clocks]
    assert {clock.state(NOW) for clock in clocks} == set(ClockState)
    absent = {clock.absent for clock in clocks}
    assert {"order_unpaid", "order_cancelled", "order_failed", "refunded", "no_statutory_right"} <= absent


def test_crafted_orders_show_what_they_are_there_for(demo: Demo, deps: Deps) -> None:
    spain = one(demo, deps, "3008").lines[0]
    assert spain.clock(Right.LEGAL_GUARANTEE).state(NOW) is ClockState.OPEN
    estimated = one(demo, deps, "3003").lines[0]
    assert estimated.clock(Right.WITHDRAWAL).state(NOW) is ClockState.NOT_STARTED
    assert estimated.clock(Right.WITHDRAWAL).estimated_last_day is not None
    switzerland = one(demo, deps, "3010").lines[0]
    assert switzerland.clock(Right.WITHDRAWAL).absent == "no_statutory_right"
    assert switzerland.clock(Right.SHOP_RETURN).state(NOW) is ClockState.OPEN
    partly = one(demo, deps, "3004")
    assert [line.clock(Right.LEGAL_GUARANTEE).starts is None for line in partly.lines] == [False, True]


def test_parcels_are_in_every_situation_worth_showing(demo: Demo, deps: Deps) -> None:
    with deps.units.read(demo.merchant.id) as unit:
        told = {
            number: quote_tracking(one(demo, deps, number).stored, unit, NOW).parcels[0]
            for number in ("3001", "3016", "3017", "3018", "3019", "3020", "3021", "3022", "3023")
        }
    assert {number: parcel.situation.value for number, parcel in told.items()} == {
        "3001": "delivered",
        "3016": "customs",
        "3017": "pickup_ready",
        "3018": "exception",
        "3019": "out_for_delivery",
        "3020": "returning",
        "3021": "lost",
        "3022": "failed_attempt",
        "3023": "in_transit",
    }
    assert told["3018"].is_late
    assert [each.name for each in told["3019"].numbers] == ["YunExpress", "DHL"]
    assert told["3016"].customs is not None


def test_projections_are_there_at_once_and_equal_the_engine(demo: Demo, deps: Deps, units: FakeUnits) -> None:
    stored = units.of(demo.merchant.id).entitlements
    assert stored == {quote.stored.id: quote.lines for quote in quotes(demo, deps)}


def test_the_demo_has_an_owner_who_can_be_let_in(demo: Demo, units: FakeUnits) -> None:
    assert [member.email for member in units.of(demo.merchant.id).staff.values()] == [OWNER]
