"""Whatever is sold and paid back in whatever steps: the items named add up to the amount, and no rate pays too much."""

from __future__ import annotations

import json
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from integrations.platforms.woocommerce.actions.left import left_of
from integrations.platforms.woocommerce.actions.refund_body import refund_body
from integrations.platforms.woocommerce.actions.refund_checks import check_order
from integrations.platforms.woocommerce.actions.seen import LiveOrder, LiveRefund
from integrations.refund_command import check_command
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.request import LineRequest, NothingToRefund
from tests.support.refunds import an_intent, everything_left, returned, withdrawn
from tests.support.woocommerce import Record, an_order_record, the_order

RATES = (1, 2, 3)
Amounts = dict[int, Decimal]


@st.composite
def items(draw: st.DrawFn, first: int, most: int, *, at_least: int = 0) -> list[Record]:
    """Items of one kind: a price without tax, and up to three rates' shares with as many decimals as shops keep."""
    found = []
    for number in range(first, first + draw(st.integers(at_least, most))):
        net = Decimal(draw(st.integers(at_least * 10, 99_999))).scaleb(-2)
        micro = draw(st.lists(st.integers(0, 30_000_000), max_size=len(RATES)))
        taxes = {rate: Decimal(share).scaleb(-6) for rate, share in zip(RATES, micro, strict=False)}
        tax = sum((round(share, 2) for share in taxes.values()), Decimal())
        shares = [{"id": rate, "total": f"{share}"} for rate, share in taxes.items()]
        found.append({"id": number, "total": f"{net:.2f}", "total_tax": f"{tax:.2f}", "taxes": shares})
    return found


@st.composite
def orders(draw: st.DrawFn) -> Record:
    """A paid order of any lines, deliveries and fees."""
    lines = [
        {**item, "name": "Tent", "quantity": draw(st.integers(1, 4)), "subtotal": item["total"], "meta_data": []}
        | {"product_id": 9, "variation_id": 0}
        for item in draw(items(10, 3, at_least=1))
    ]
    shipping, fees = draw(items(20, 2)), draw(items(30, 2))
    total = sum((Decimal(each["total"]) + Decimal(each["total_tax"]) for each in [*lines, *shipping, *fees]), Decimal())
    sums = {name: f"{sum((Decimal(each[key]) for each in shipping), Decimal()):.2f}" for name, key in _SHIPPING}
    items_ = {"line_items": lines, "shipping_lines": shipping, "fee_lines": fees, "refunds": []}
    return an_order_record(total=f"{total:.2f}", total_tax="0.00", currency="EUR", **items_, **sums)


_SHIPPING = (("shipping_total", "total"), ("shipping_tax", "total_tax"))


def asked(record: Record, refunds: list[Record], intent: RefundIntent) -> Record:
    """The request, checked as it would be."""
    live = msgspec.json.decode(json.dumps(record), type=LiveOrder)
    known = msgspec.json.decode(json.dumps(refunds), type=list[LiveRefund])
    order, left = the_order({**record, "refunds": refunds}), left_of(live, known)
    check_command(intent, order)
    check_order(intent, order, live, left)
    return refund_body(intent, live, left, intent.idempotency_key)


def booked(body: Record, number: int) -> Record:
    """The refund that WooCommerce makes of it."""
    lines = [
        {
            "id": 1000 * number + line["id"],
            "quantity": -line["quantity"],
            "total": f"{-Decimal(line['refund_total'])}",
            "total_tax": f"{-sum((Decimal(tax['refund_total']) for tax in line['refund_tax']), Decimal())}",
            "taxes": [{"id": tax["id"], "total": f"{-Decimal(tax['refund_total'])}"} for tax in line["refund_tax"]],
            "meta_data": [{"key": "_refunded_item_id", "value": str(line["id"])}],
        }
        for line in body["line_items"]
    ]
    return {"id": number, "amount": body["amount"], "date_created_gmt": "2026-11-24T12:00:00", "line_items": lines}


def rates_of(lines: list[Record]) -> dict[tuple[int, int], Decimal]:
    return {(line["id"], tax["id"]): Decimal(tax["refund_total"]) for line in lines for tax in line["refund_tax"]}


@given(orders(), st.data())
def test_the_items_add_up_to_the_amount_and_no_rate_pays_back_more_than_it_took(
    record: Record, data: st.DataObject
) -> None:
    refunds: list[Record] = []
    paid: dict[tuple[int, int], Decimal] = {}
    for number in range(1, 4):
        order = the_order({**record, "refunds": refunds})
        units = everything_left(order)
        if not units:
            break
        some = [LineRequest(each.line, data.draw(st.integers(1, each.quantity))) for each in units]
        request = withdrawn(*units) if number == 3 else returned(*some)
        try:
            intent = an_intent(quote(request, order), f"refund{number}")
        except NothingToRefund:
            break
        body = asked(record, refunds, intent)
        named = sum((_gross(line) for line in body["line_items"]), Decimal())
        assert named == Decimal(body["amount"]) == intent.total.presentment.decimal()
        for part, share in rates_of(body["line_items"]).items():
            paid[part] = paid.get(part, Decimal()) + share
        refunds.append(booked(body, number))
    for part, share in paid.items():
        assert share <= _charged(record)[part] + Decimal("0.02"), part


def _gross(line: Record) -> Decimal:
    return Decimal(line["refund_total"]) + sum((Decimal(tax["refund_total"]) for tax in line["refund_tax"]), Decimal())


def _charged(record: Record) -> dict[tuple[int, int], Decimal]:
    kinds = (record["line_items"], record["shipping_lines"], record["fee_lines"])
    return {(each["id"], tax["id"]): Decimal(tax["total"]) for kind in kinds for each in kind for tax in each["taxes"]}
