from dataclasses import replace

import pytest

from plugin.domain.errors import Invalid
from plugin.domain.ids import LineId
from plugin.domain.money import CurrencyMismatch, Money
from plugin.domain.order import DeliveryStatus, PaymentKind, Platform, Standing
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.captured import captured
from plugin.domain.refund.ledger import open_to_refund
from plugin.domain.refund.request import (
    Deduction,
    DeductionKind,
    DeductionNotAllowed,
    Ground,
    LineRequest,
    NothingToRefund,
    NotRefundable,
    ShippingRule,
)
from tests.build import a_fulfilment, a_refund, an_event, an_order
from tests.support.refunds import an_intent, both, everything_left, line, of, plain_order, reported, returned, withdrawn

TWO = plain_order(line("1", 2, 2000, 380), line("2", 1, 1000, 190), shipping=500, shipping_tax=95)


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def test_one_unit_of_two_is_half_the_line_net_and_tax_apart() -> None:
    quoted = quote(returned(of("1")), TWO)
    (part,) = quoted.allocations
    assert (part.net, part.tax, part.shipping) == (both(1000, 1000), both(190, 190), both(0, 0))
    assert quoted.total == both(1190, 1190)
    assert quoted.shipping_rule is ShippingRule.NONE


def test_a_price_with_its_tax_inside_is_taken_apart() -> None:
    order = an_order(
        lines=(line("1", 1, 1190, 190),), shipping=both(0, 0), total=both(1190, 1190), prices_include_tax=True
    )
    (part,) = quote(returned(of("1")), order).allocations
    assert (part.net, part.tax) == (both(1000, 1000), both(190, 190))


def test_the_last_unit_takes_the_cent_that_three_cannot_share() -> None:
    order, intents = plain_order(line("1", 3, 100, 0)), []
    for number in range(3):
        quoted = quote(returned(of("1")), order, intents)
        intents.append(an_intent(quoted, f"refund{number}"))
    assert [intent.total.presentment.minor for intent in intents] == [33, 34, 33]


def test_two_units_of_one_price_go_back_at_the_same_price_though_net_and_tax_are_odd() -> None:
    order = plain_order(line("1", 2, 8317, 1663))
    first = quote(returned(of("1")), order)
    second = quote(returned(of("1")), order, [an_intent(first)])
    assert first.total == second.total == both(4990, 4990)
    assert first.allocations[0].net + second.allocations[0].net == both(8317, 8317)


def test_withdrawing_from_everything_pays_the_delivery_back() -> None:
    quoted = quote(withdrawn(*everything_left(TWO)), TWO)
    assert quoted.total == TWO.total
    assert quoted.shipping_rule is ShippingRule.FULL


def test_a_dearer_delivery_is_paid_back_as_far_as_the_standard_one_costs() -> None:
    quoted = quote(withdrawn(*everything_left(TWO), standard_shipping=euros(119)), TWO)
    assert quoted.total.presentment == TWO.total.presentment - euros(595 - 119)
    assert sum(part.shipping_tax.presentment.minor for part in quoted.allocations) == 19


def test_withdrawing_from_a_part_pays_its_share_of_the_delivery_and_the_rest_takes_the_rest() -> None:
    first = quote(withdrawn(of("2")), TWO)
    assert first.shipping_rule is ShippingRule.PROPORTIONATE
    assert sum(part.shipping.presentment.minor for part in first.allocations) == 166
    second = quote(withdrawn(of("1", 2)), TWO, [an_intent(first)])
    assert second.shipping_rule is ShippingRule.FULL
    assert first.total + second.total == TWO.total


def test_goods_returned_without_their_delivery_leave_it_unpaid_to_the_others() -> None:
    first = an_intent(quote(returned(of("2")), TWO))
    second = quote(withdrawn(of("1", 2)), TWO, [first])
    assert second.shipping_rule is ShippingRule.PROPORTIONATE
    assert sum(part.shipping.presentment.minor for part in second.allocations) == 334


def test_all_payments_go_back_with_a_withdrawal_from_the_whole_order_a_surcharge_too() -> None:
    order = plain_order(line("1"), shipping=500, beyond=390)
    assert quote(withdrawn(of("1")), order).total == order.total
    assert quote(returned(of("1"), shipping=True), order).total == both(1690, 1690)


def test_duty_goes_back_as_far_as_it_was_charged() -> None:
    order = plain_order(line("1"), beyond=390)
    assert quote(returned(of("1"), duty=euros(200)), order).total == both(1390, 1390)
    with pytest.raises(NotRefundable):
        quote(returned(of("1"), duty=euros(391)), order)


def test_an_order_wide_discount_that_no_line_shows_lowers_every_part() -> None:
    order = plain_order(line("1"), line("2"), shipping=120, beyond=-250)
    assert quote(withdrawn(*everything_left(order)), order).total == order.total
    first = quote(returned(of("1")), order)
    assert first.total.presentment.minor == 1071


def test_a_fee_is_kept_back_from_the_goods_alone() -> None:
    fee = Deduction(DeductionKind.FEE, euros(119))
    quoted = quote(returned(of("2"), shipping=True, deductions=(fee,)), TWO)
    (part,) = quoted.allocations
    assert (part.net, part.tax, part.shipping) == (both(900, 900), both(171, 171), both(166, 166))
    assert quoted.deducted == both(119, 119)


def test_a_deduction_from_one_line_leaves_the_others_whole() -> None:
    worn = Deduction(DeductionKind.DIMINISHED_VALUE, euros(190), LineId("2"))
    quoted = quote(withdrawn(of("1", 2), of("2"), deductions=(worn,)), TWO)
    assert [part.net.presentment.minor + part.tax.presentment.minor for part in quoted.allocations] == [2380, 1000]


@pytest.mark.parametrize(
    ("ground", "kind"),
    [
        (Ground.WITHDRAWAL, DeductionKind.FEE),
        (Ground.DEFECT, DeductionKind.FEE),
        (Ground.DEFECT, DeductionKind.DIMINISHED_VALUE),
        (Ground.NOT_DELIVERED, DeductionKind.FEE),
    ],
)
def test_no_deduction_that_the_law_forbids_is_ever_made(ground: Ground, kind: DeductionKind) -> None:
    with pytest.raises(DeductionNotAllowed):
        quote(returned(of("1"), ground=ground, deductions=(Deduction(kind, euros(1)),)), TWO)


def test_nobody_keeps_back_more_than_the_goods_are_worth() -> None:
    with pytest.raises(NotRefundable):
        quote(returned(of("2"), deductions=(Deduction(DeductionKind.FEE, euros(1191)),)), TWO)


def test_a_part_of_the_price_goes_back_while_the_shopper_keeps_the_item() -> None:
    reduction = LineRequest(LineId("2"), 0, euros(119))
    first = quote(returned(reduction, ground=Ground.DEFECT), TWO)
    (part,) = first.allocations
    assert (part.quantity, part.net, part.tax) == (0, both(100, 100), both(19, 19))
    assert quote(returned(of("2")), TWO, [an_intent(first)]).total == both(1071, 1071)


@pytest.mark.parametrize(
    "lines",
    [(), (of("1"), of("1")), (of("9"),), (of("1", 3),), (of("1", 0),), (LineRequest(LineId("1"), 1, euros(5)),)],
)
def test_what_the_order_does_not_have_cannot_be_asked_back(lines: tuple[LineRequest, ...]) -> None:
    with pytest.raises(Invalid):
        quote(returned(*lines), TWO)


def test_another_currency_is_refused() -> None:
    with pytest.raises(CurrencyMismatch):
        quote(returned(of("1"), deductions=(Deduction(DeductionKind.FEE, Money(1, "USD")),)), TWO)


def test_units_on_their_way_back_cannot_be_asked_for_again() -> None:
    pending = an_intent(quote(returned(of("1", 2)), TWO))
    with pytest.raises(NotRefundable) as refused:
        quote(returned(of("1")), TWO, [pending])
    assert refused.value.facts["left"] == 0


def test_a_refund_without_lines_shortens_what_is_left_of_the_whole() -> None:
    order = replace(TWO, refunds=(a_refund("r1", line=None, amount=both(4000, 4000)),))
    quoted = quote(withdrawn(*everything_left(order)), order)
    assert quoted.total == both(165, 165)


def test_a_refund_of_ours_that_the_platform_reports_counts_once() -> None:
    intent = an_intent(quote(returned(of("2")), TWO))
    sent = intent.attempted(intent.created_at, intent.created_at).sent("r1", intent.created_at)
    before = open_to_refund(TWO, [sent])
    for names_lines in (True, False):
        order = replace(TWO, refunds=(reported(intent, "r1", names_lines=names_lines),))
        assert open_to_refund(order, [sent]) == before == TWO.total - intent.total
        assert quote(withdrawn(*everything_left(order, [sent])), order, [sent]).total.presentment.minor == 2380 + 397


def test_units_taken_off_by_an_edit_are_nobodys_to_ask_for() -> None:
    order = plain_order(replace(line("1", 3, 300, 0), removed=1))
    assert quote(returned(of("1", 2)), order).total == both(200, 200)


@pytest.mark.parametrize("standing", [Standing.UNPAID, Standing.FAILED, Standing.CANCELLED])
def test_nothing_goes_back_of_what_never_came(standing: Standing) -> None:
    order = replace(TWO, standing=standing, paid=None)
    assert open_to_refund(order, []) == both(0, 0)
    with pytest.raises(NothingToRefund):
        quote(returned(of("1")), order)


def test_cash_on_delivery_is_captured_once_the_parcel_is_handed_over() -> None:
    waiting = replace(TWO, payment=PaymentKind.CASH_ON_DELIVERY, paid=None, fulfilments=(a_fulfilment(),))
    assert captured(waiting) == both(0, 0)
    assert captured(replace(waiting, fulfilments=(a_fulfilment(events=(an_event(),)),))) == TWO.total
    refused = a_fulfilment(events=(an_event(status=DeliveryStatus.RETURNED),))
    assert captured(replace(waiting, fulfilments=(refused,))) == both(0, 0)


@pytest.mark.parametrize(("status", "is_captured"), [("paid", True), ("authorized", False), ("partially_paid", False)])
def test_shopify_says_by_its_status_whether_money_came(status: str, is_captured: bool) -> None:  # noqa: FBT001 - a parameter of the table
    ref = replace(TWO.ref, platform=Platform.SHOPIFY)
    assert (captured(replace(TWO, ref=ref, platform_status=status)) == TWO.total) is is_captured


@pytest.mark.parametrize(("shop", "shown"), [("EUR", "JPY"), ("JPY", "EUR"), ("KWD", "KWD"), ("EUR", "EUR")])
def test_the_smallest_order_there_is_goes_back_whole_in_both_currencies(shop: str, shown: str) -> None:
    one = both(1, 1, (shop, shown))
    nothing = both(0, 0, (shop, shown))
    sold = replace(line("1"), total=one, tax=nothing, discount=nothing)
    facts = {
        "shipping": nothing,
        "shipping_tax": nothing,
        "total": one,
        "currency": shop,
        "presentment_currency": shown,
    }
    order = replace(an_order(lines=(sold,), prices_include_tax=False), **facts)
    assert quote(withdrawn(of("1")), order).total == one


def test_yen_have_no_decimals_and_dinars_three() -> None:
    currencies = ("KWD", "JPY")
    nothing = both(0, 0, currencies)
    sold = replace(line("1", 3), total=both(10_000, 4_980, currencies), tax=nothing, discount=nothing)
    facts = {
        "shipping": both(1_000, 500, currencies),
        "shipping_tax": nothing,
        "total": both(11_000, 5_480, currencies),
    }
    order = replace(an_order(lines=(sold,), prices_include_tax=False), **facts)
    first = quote(withdrawn(of("1")), order)
    assert first.total == both(3_333 + 333, 1_660 + 167, currencies)
    rest = quote(withdrawn(of("1", 2)), order, [an_intent(first)])
    assert first.total + rest.total == order.total
