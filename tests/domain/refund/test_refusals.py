"""Every reason not to pay back: which field it names, and the numbers beside it."""

from dataclasses import replace

import pytest

from plugin.domain.errors import DomainError
from plugin.domain.ids import LineId
from plugin.domain.money import CurrencyMismatch, Money
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.request import (
    Deduction,
    DeductionKind,
    DeductionNotAllowed,
    Ground,
    LineRequest,
    NothingToRefund,
    NotRefundable,
    RefundRequest,
)
from tests.build import a_refund
from tests.support.refunds import an_intent, both, line, of, plain_order, returned

ORDER = plain_order(line("1", 2, 2000, 380), line("2"), beyond=390)
FEE = DeductionKind.FEE


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def part_of(line_id: str, minor: int, quantity: int = 0) -> LineRequest:
    return LineRequest(LineId(line_id), quantity, euros(minor))


@pytest.mark.parametrize(
    ("request_", "facts"),
    [
        (returned(), {"field": "lines", "reason": "missing_or_repeated"}),
        (returned(of("1"), of("2"), of("1")), {"field": "lines", "reason": "missing_or_repeated"}),
        (returned(of("1"), of("9")), {"field": "lines", "reason": "unknown_line", "line": "9"}),
        (returned(of("1", 3)), {"field": "quantity", "reason": "units", "line": "1", "left": 2}),
        (returned(of("1", 0)), {"field": "quantity", "reason": "units", "line": "1", "left": 2}),
        (returned(part_of("1", 5, 1)), {"field": "amount", "reason": "amount_beside_units", "line": "1"}),
        (returned(part_of("1", 0)), {"field": "amount", "reason": "amount_beside_units", "line": "1"}),
        (returned(part_of("1", 2381)), {"field": "amount", "reason": "more_than_left", "line": "1", "left": 2380}),
        (returned(of("1"), duty=euros(391)), {"field": "duty", "reason": "more_than_charged", "left": 390}),
        (returned(of("1"), duty=euros(-1)), {"field": "duty", "reason": "more_than_charged", "left": 390}),
        (
            returned(of("1"), deductions=(Deduction(FEE, euros(1191)),)),
            {"field": "deductions", "reason": "more_than_goods", "kind": FEE},
        ),
        (
            returned(of("1"), of("2"), deductions=(Deduction(FEE, euros(1191), LineId("2")),)),
            {"field": "deductions", "reason": "more_than_goods", "kind": FEE},
        ),
        (
            returned(of("1"), deductions=(Deduction(FEE, euros(1), LineId("2")),)),
            {"field": "deductions", "reason": "unknown_line"},
        ),
        (returned(of("1"), deductions=(Deduction(FEE, euros(-1)),)), {"field": "deductions", "reason": "negative"}),
    ],
)
def test_what_cannot_be_asked_back_names_its_field_and_what_is_left(
    request_: RefundRequest, facts: dict[str, object]
) -> None:
    with pytest.raises(NotRefundable) as refused:
        quote(request_, ORDER)
    assert refused.value.facts == facts


@pytest.mark.parametrize(
    "request_",
    [
        returned(of("1"), deductions=(Deduction(FEE, Money(1, "USD")),)),
        returned(LineRequest(LineId("1"), 0, Money(1, "USD"))),
        returned(of("1"), duty=Money(1, "USD")),
        returned(of("1"), shipping=True, standard_shipping=Money(1, "USD")),
    ],
)
def test_every_amount_is_in_the_currency_that_the_shopper_paid(request_: RefundRequest) -> None:
    with pytest.raises(CurrencyMismatch) as refused:
        quote(request_, ORDER)
    assert refused.value.facts == {"field": "currency", "left": "EUR", "right": "USD"}


def test_a_deduction_that_the_ground_forbids_is_named_with_it() -> None:
    with pytest.raises(DeductionNotAllowed) as refused:
        quote(returned(of("1"), ground=Ground.DEFECT, deductions=(Deduction(FEE, euros(1)),)), ORDER)
    assert refused.value.facts == {"field": "deductions", "kind": FEE, "ground": Ground.DEFECT}


def test_an_order_of_which_nothing_is_left_is_named_by_its_number() -> None:
    gone = replace(ORDER, refunds=(a_refund(line=None, amount=ORDER.total),))
    with pytest.raises(NothingToRefund) as refused:
        quote(returned(of("1")), gone)
    assert refused.value.facts == {"order": ORDER.number}


@pytest.mark.parametrize(
    "request_",
    [
        returned(of("1", 2)),
        returned(part_of("1", 1)),
        returned(part_of("1", 2380)),
        returned(of("1"), duty=euros(0)),
        returned(of("1"), duty=euros(390)),
        returned(of("1"), deductions=(Deduction(FEE, euros(0)),)),
        returned(of("1"), of("2"), deductions=(Deduction(FEE, euros(1190)),)),
        returned(of("1"), of("2"), deductions=(Deduction(FEE, euros(1190), LineId("2")),)),
    ],
)
def test_what_is_just_within_what_is_left_is_paid_back(request_: RefundRequest) -> None:
    assert quote(request_, ORDER).total.presentment.minor > 0


def test_a_deduction_is_taken_from_the_line_it_names_and_told_in_both_currencies() -> None:
    quoted = quote(returned(of("1"), of("2"), deductions=(Deduction(FEE, euros(119), LineId("2")),)), ORDER)
    assert [(part.net, part.tax) for part in quoted.allocations] == [
        (both(1000, 1000), both(190, 190)),
        (both(900, 900), both(171, 171)),
    ]
    assert quoted.deducted == both(119, 119)


def test_a_deduction_from_everything_is_shared_by_price_and_named_in_the_shops_currency_too() -> None:
    currencies = ("EUR", "USD")
    nothing = both(0, 0, currencies)
    lines = tuple(
        replace(line(name), total=both(*net, currencies), tax=nothing, discount=nothing)
        for name, net in (("1", (1000, 2000)), ("2", (3000, 6000)))
    )
    order = replace(
        plain_order(*lines), total=both(4000, 8000, currencies), shipping=nothing, shipping_tax=nothing,
        currency="EUR", presentment_currency="USD",
    )  # fmt: skip
    quoted = quote(returned(of("1"), of("2"), deductions=(Deduction(FEE, Money(800, "USD")),)), order)
    assert [part.net for part in quoted.allocations] == [both(900, 1800, currencies), both(2700, 5400, currencies)]
    assert quoted.deducted == both(400, 800, currencies)
    half = quote(returned(LineRequest(LineId("2"), 0, Money(3000, "USD"))), order)
    assert half.total == both(1500, 3000, currencies)


def test_a_total_falls_short_by_what_is_not_open() -> None:
    order = replace(ORDER, refunds=(a_refund("r1", line=None, amount=both(3000, 3000)),))
    quoted = quote(returned(of("1", 2)), order)
    assert quoted.total.presentment == euros(960)
    assert quoted.deducted == both(0, 0)


def test_a_second_request_for_a_part_counts_the_first() -> None:
    first = an_intent(quote(returned(part_of("2", 1000)), ORDER))
    with pytest.raises(DomainError) as refused:
        quote(returned(part_of("2", 191)), ORDER, [first])
    assert refused.value.facts["left"] == 190
