"""What refunds leave of an order: those of the platform's own, ours, and both at once."""

from dataclasses import replace

import pytest

from plugin.domain.ids import LineId, RefundId
from plugin.domain.order import DeliveryStatus, Order, PaymentKind, Platform, RefundAllocation, Standing
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.allocation import Parts, Side, proportion, scaled, shares
from plugin.domain.refund.captured import captured
from plugin.domain.refund.ledger import Entry, beside_gone, goods_gone, ledger, open_to_refund, worth
from plugin.domain.refund.left import left_of, less, of_units, plus, still_fits, units_of
from plugin.domain.refund.request import ShippingRule
from plugin.domain.times import Moment, Source
from tests.build import NOW, a_fulfilment, a_refund, an_event
from tests.support.refunds import an_intent, both, everything_left, line, of, plain_order, reported, returned, withdrawn

TWO = plain_order(line("1", 2, 2000, 380), line("2"), shipping=500, shipping_tax=95, beyond=30)
ONE = LineId("1")
BESIDE = Parts(shipping=500, shipping_tax=95, duty=30)


def of_platform(amount: int | None, *parts: tuple[str, int, int, int], refund_id: str = "r1") -> Entry:
    lines = tuple(
        RefundAllocation(LineId(name), units, both(net, net), both(tax, tax)) for name, units, net, tax in parts
    )
    moved = None if amount is None else both(amount, amount)
    return Entry(a_refund(refund_id, amount=moved, lines=lines), None)


@pytest.mark.parametrize(
    ("amount", "taken"),
    [
        (1190, Parts()),
        (1189, Parts()),
        (1191, Parts(shipping=1)),
        (1690, Parts(shipping=500)),
        (1691, Parts(shipping=500, shipping_tax=1)),
        (1785, Parts(shipping=500, shipping_tax=95)),
        (1786, Parts(shipping=500, shipping_tax=95, duty=1)),
        (1815, BESIDE),
        (2000, BESIDE),
        (None, Parts()),
    ],
)
def test_what_a_platforms_lines_leave_of_its_amount_is_delivery_then_its_tax_then_the_rest(
    amount: int | None, taken: Parts
) -> None:
    assert beside_gone(of_platform(amount, ("2", 1, 1000, 190)), TWO, Side.SHOP, BESIDE) == taken


def test_a_refund_without_lines_takes_nothing_of_the_delivery() -> None:
    assert beside_gone(of_platform(700), TWO, Side.SHOP, BESIDE) == Parts()


def test_of_ours_the_allocations_tell_what_is_gone() -> None:
    intent = an_intent(quote(withdrawn(*everything_left(TWO)), TWO))
    entry = Entry(None, intent)
    assert beside_gone(entry, TWO, Side.SHOP, Parts()) == BESIDE
    gone = goods_gone(entry, TWO, Side.PRESENTMENT)
    assert {name: (parts.net, parts.tax) for name, parts in gone.items()} == {"1": (2000, 380), "2": (1000, 190)}


def test_parts_of_one_line_add_up_and_tax_inside_a_price_is_taken_out() -> None:
    entry = of_platform(360, ("1", 1, 119, 19), ("1", 1, 238, 38))
    assert goods_gone(entry, TWO, Side.SHOP) == {"1": Parts(net=357, tax=57)}
    assert goods_gone(entry, replace(TWO, prices_include_tax=True), Side.SHOP) == {"1": Parts(net=300, tax=57)}
    assert (entry.units(LineId("1")), entry.units(LineId("2")), entry.amount) == (2, 0, both(360, 360))


def test_an_orders_total_is_taken_apart_to_the_last_unit() -> None:
    assert worth(TWO, Side.SHOP).beside == BESIDE
    assert worth(TWO, Side.SHOP).goods == {"1": Parts(2000, 380), "2": Parts(1000, 190)}
    inside = replace(TWO, prices_include_tax=True, total=both(3600, 3600))
    read = worth(inside, Side.SHOP)
    assert read.goods == {"1": Parts(1620, 380), "2": Parts(810, 190)}
    assert read.beside == Parts(shipping=405, shipping_tax=95, duty=100)
    untold = replace(TWO, shipping_tax=None, total=both(4070, 4070))
    assert worth(untold, Side.SHOP).beside == Parts(shipping=500)
    cheaper = worth(replace(TWO, total=both(2000, 2000)), Side.SHOP)
    assert sum(parts.total for parts in (*cheaper.goods.values(), cheaper.beside)) == 2000
    assert cheaper.beside.duty == 0


def test_what_is_below_nothing_counts_as_nothing() -> None:
    odd = replace(TWO, lines=(replace(line("1"), total=both(-5, -5), tax=both(-2, -2)),), shipping=both(-9, -9))
    read = worth(replace(odd, shipping_tax=both(-3, -3), total=both(7, 7)), Side.SHOP)
    assert (read.goods, read.beside) == ({"1": Parts()}, Parts(duty=7))
    assert worth(replace(odd, shipping_tax=None, total=both(-7, -7)), Side.SHOP).beside == Parts()


def test_lines_that_the_order_does_not_have_take_nothing_of_those_it_has() -> None:
    left = left_of(TWO, [of_platform(100, ("9", 1, 100, 0))], Side.SHOP)
    assert left.goods == {"1": Parts(2000, 380), "2": Parts(1000, 190)}
    assert (left.paid_beside, left.was.beside) == (Parts(), BESIDE)


def test_two_refunds_share_what_there_was_of_the_delivery() -> None:
    first = of_platform(1190 + 400, ("2", 1, 1000, 190))
    second = of_platform(1190 + 400, ("1", 1, 1000, 190), refund_id="r2")
    left = left_of(TWO, [first, second], Side.SHOP)
    assert left.paid_beside == BESIDE
    assert left.goods == {"1": Parts(1000, 190), "2": Parts()}


def test_units_are_counted_by_who_told_of_them_and_by_what_went_back_of_the_delivery() -> None:
    told = of_platform(1190, ("1", 1, 1000, 190))
    with_delivery = of_platform(1190 + 300, ("2", 1, 1000, 190), refund_id="r2")
    waiting = Entry(None, an_intent(quote(withdrawn(of("1")), TWO)))
    units = units_of(TWO, [told, with_delivery, waiting])
    assert (dict(units.left), dict(units.undelivered)) == ({"1": 0, "2": 0}, {"1": 1, "2": 0})
    assert waiting.ours is not None
    assert waiting.ours.shipping_rule is ShippingRule.PROPORTIONATE
    tax_alone = of_platform(1190 + 5, ("2", 1, 1000, 190))
    free = replace(TWO, shipping=both(0, 0), total=both(3695, 3695))
    assert units_of(free, [tax_alone]).undelivered[LineId("2")] == 0


@pytest.mark.parametrize(
    ("removed", "refunded", "left"), [(0, 0, 3), (1, 0, 2), (1, 1, 2), (2, 1, 1), (3, 0, 0), (5, 0, 0), (1, 3, 0)]
)
def test_units_taken_off_by_an_edit_are_gone_once_though_a_refund_names_them(
    removed: int, refunded: int, left: int
) -> None:
    order = plain_order(replace(line("1", 3, 300, 0), removed=removed))
    entries = [of_platform(refunded * 100, ("1", refunded, refunded * 100, 0))] if refunded else []
    units = units_of(order, entries)
    assert (units.left[ONE], units.undelivered[ONE]) == (left, max(3 - max(removed - refunded, 0), 0))
    assert left_of(order, entries, Side.SHOP).goods[ONE].net == left * 100


@pytest.mark.parametrize(("units", "fits"), [(1, True), (2, False)])
def test_a_refused_refund_is_tried_again_only_where_its_units_and_its_money_are_open(units: int, fits: bool) -> None:  # noqa: FBT001 - a parameter of the table
    refused = an_intent(quote(returned(of("1", units)), TWO)).failed("no", NOW)
    other = an_intent(quote(returned(of("1")), TWO), "refund2")
    assert still_fits(refused, TWO, [refused, other]) is fits
    assert still_fits(refused, TWO, [refused])
    paid = replace(TWO, refunds=(a_refund(line=None, amount=TWO.total - refused.total),))
    assert still_fits(refused, paid, [refused])
    dearer = replace(TWO, refunds=(a_refund(line=None, amount=TWO.total - refused.total + both(1, 1)),))
    assert not still_fits(refused, dearer, [refused])
    assert not still_fits(refused, plain_order(line("7"), beyond=9000), [refused])


def test_sums_and_differences_are_taken_part_by_part_and_never_below_nothing() -> None:
    one, other = Parts(1, 2, 3, 4, 5), Parts(5, 1, 5, 1, 5)
    assert plus(one, other) == Parts(6, 3, 8, 5, 10)
    assert less(one, other) == Parts(0, 1, 0, 3, 0)
    assert (one.goods, one.total, one.with_goods(8, 9)) == (3, 15, Parts(8, 9, 3, 4, 5))


def test_the_last_units_take_all_that_is_left() -> None:
    assert of_units(Parts(100, 19), 1, 3) == Parts(34, 6)
    assert of_units(Parts(100, 19), 3, 3) == of_units(Parts(100, 19), 4, 3) == Parts(100, 19)


@pytest.mark.parametrize(
    ("part", "of_", "whole", "expected"),
    [(1, 2, 3, 2), (1, 3, 1, 0), (2, 3, 1, 1), (1, 0, 5, 0), (0, 4, 9, 0), (4, 4, 9, 9)],
)
def test_a_proportion_is_rounded_half_up_and_of_nothing_it_is_nothing(
    part: int, of_: int, whole: int, expected: int
) -> None:
    assert proportion(part, of_, whole) == expected


def test_parts_are_scaled_by_largest_remainder_and_those_that_fit_stay_as_they_are() -> None:
    assert scaled([Parts(1, 1, 1), Parts(duty=1)], 2) == [Parts(1, 1), Parts()]
    assert scaled([Parts(3, 2)], 5) == [Parts(3, 2)]
    assert scaled([], 5) == []
    assert shares(100, [1, 1, 1]) == [34, 33, 33]


def test_each_refund_counts_once_and_one_taken_back_not_at_all() -> None:
    intent = an_intent(quote(returned(of("2")), TWO))
    settled = intent.attempted(NOW, NOW).settled("r1", NOW)
    order = replace(TWO, refunds=(reported(settled, "r1"), a_refund("r2", line=None, amount=both(5, 5))))
    assert [
        (entry.platform and entry.platform.id, entry.ours and entry.ours.id) for entry in ledger(order, [settled])
    ] == [
        ("r1", "refund1"),
        ("r2", None),
    ]
    assert [entry.ours and entry.ours.id for entry in ledger(TWO, [settled])] == ["refund1"]
    assert ledger(TWO, [settled, settled.reversal(RefundId("refund2"), NOW)]) == ()
    assert ledger(TWO, [intent.failed("no", NOW)]) == ()
    assert Entry(None, None).amount is None
    assert Entry(None, None).units(LineId("1")) == 0


def test_what_is_open_is_never_below_nothing_in_either_currency() -> None:
    order = replace(TWO, refunds=(a_refund(line=None, amount=both(9000, 10)),))
    assert open_to_refund(order, []) == both(0, TWO.total.presentment.minor - 10)
    order = replace(TWO, refunds=(a_refund(line=None, amount=both(10, 9000)), a_refund("r2", line=None, amount=None)))
    assert open_to_refund(order, []) == both(TWO.total.shop.minor - 10, 0)


CASH = replace(TWO, payment=PaymentKind.CASH_ON_DELIVERY, paid=None)
REACHED = (a_fulfilment(events=(an_event(),)),)
BY_SHOPIFY = replace(TWO.ref, platform=Platform.SHOPIFY)


@pytest.mark.parametrize(
    ("order", "is_captured"),
    [
        (TWO, True),
        (replace(TWO, paid=None), False),
        (replace(TWO, paid=None, standing=Standing.REFUNDED), True),
        (CASH, False),
        (replace(CASH, completed=Moment(NOW, Source.PLATFORM)), True),
        (replace(CASH, fulfilments=REACHED), True),
        (replace(CASH, fulfilments=REACHED, standing=Standing.CANCELLED), False),
        (replace(CASH, fulfilments=(a_fulfilment(events=(an_event(status=DeliveryStatus.RETURNED),)),)), False),
        (replace(TWO, paid=None, fulfilments=REACHED), False),
        (replace(TWO, ref=BY_SHOPIFY, platform_status="paid"), True),
        (replace(TWO, ref=BY_SHOPIFY, platform_status="partially_refunded"), True),
        (replace(TWO, ref=BY_SHOPIFY, platform_status="refunded"), True),
        (replace(TWO, ref=BY_SHOPIFY, platform_status="pending"), False),
        (replace(CASH, ref=BY_SHOPIFY, platform_status="pending", fulfilments=REACHED), True),
    ],
)
def test_money_counts_once_somebody_has_received_it(order: Order, is_captured: bool) -> None:  # noqa: FBT001 - a parameter of the table
    assert captured(order) == (order.total if is_captured else both(0, 0))
