"""A refund through a WooCommerce shop is paid once and by the book, whatever the shop lets through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from plugin.domain.order import Order
from plugin.domain.refund.intent import Means, RefundIntent
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import Refusal
from tests.integrations.woocommerce.acting import (
    PAID,
    actions,
    an_order_of,
    everything,
    one_unit,
    pay,
    refusal,
    store,
    unanswered,
)
from tests.support.refunds import both
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import Asked
from tests.support.woocommerce_store import WooCommerceStore

REFUNDS = f"orders/{PAID}/refunds"


@pytest.fixture
def shop() -> Iterator[WooCommerceStore]:
    with store() as shop:
        yield shop


def sent(shop: WooCommerceStore) -> list[dict[str, object]]:
    return [json.loads(asked.body) for asked in shop.asked_of(REFUNDS) if asked.method == "POST"]


def test_lines_units_and_each_rates_tax_are_named_and_nothing_is_left_to_defaults(shop: WooCommerceStore) -> None:
    intent = one_unit(an_order_of(shop))
    pay(shop, intent)
    (body,) = sent(shop)
    (line,) = shop.orders[PAID]["line_items"]
    tax = {"id": 1, "refund_total": "4.79"}
    assert body["line_items"] == [{"id": line["id"], "quantity": 1, "refund_total": "25.21", "refund_tax": [tax]}]
    assert (body["amount"], body["api_refund"], body["api_restock"]) == ("30.00", True, False)
    assert body["meta_data"] == [{"key": "_aftercare_refund", "value": intent.idempotency_key}]


def test_goods_are_put_back_into_stock_only_when_the_intent_says_so(shop: WooCommerceStore) -> None:
    pay(shop, replace(one_unit(an_order_of(shop)), restock=True))
    assert [body["api_restock"] for body in sent(shop)] == [True]


def test_the_refunds_are_read_for_the_key_before_anything_is_sent(shop: WooCommerceStore) -> None:
    intent = one_unit(an_order_of(shop))
    for _ in range(3):
        pay(shop, intent)
    assert [asked.method for asked in shop.asked_of(REFUNDS)] == ["GET", "POST", "GET", "GET"]
    assert len(shop.refunds[PAID]) == 1


def test_an_answer_that_is_lost_is_looked_up_at_once(shop: WooCommerceStore) -> None:
    shop.lost = 1
    receipt = pay(shop, one_unit(an_order_of(shop)))
    assert [str(refund["id"]) for refund in shop.refunds[PAID]] == [receipt.id]


def test_a_refund_that_died_half_way_is_known_by_its_reason_and_never_made_again(shop: WooCommerceStore) -> None:
    """PHP died after the refund was saved and before its meta was: whether the gateway paid, nobody knows."""
    intent = one_unit(an_order_of(shop))
    shop.desk.dying.add(PAID)
    assert unanswered(shop, intent).reason == "refund_unfinished"
    shop.desk.dying.clear()
    assert unanswered(shop, intent).reason == "refund_unfinished"
    assert len(shop.refunds[PAID]) == len(sent(shop)) == 1
    shop.refunds[PAID][0]["refunded_payment"] = True
    assert pay(shop, intent).id == str(shop.refunds[PAID][0]["id"])


def test_a_card_that_takes_nothing_back_closes_the_way_and_leaves_no_refund(shop: WooCommerceStore) -> None:
    shop.desk.closed.add(PAID)
    assert refusal(shop, one_unit(an_order_of(shop))) == Refusal.PAYMENT_CLOSED
    assert shop.refunds[PAID] == []


def test_what_somebody_refunds_meanwhile_is_told_from_a_card_that_takes_nothing_back(shop: WooCommerceStore) -> None:
    """Both are answered by one code, with 500."""
    order = an_order_of(shop)

    def meanwhile(asked: Asked) -> None:
        if asked.method == "POST" and not shop.refunds.get(PAID):
            by_hand = {"id": 1, "amount": "40.00", "date_created_gmt": "2026-11-24T12:00:00", "line_items": []}
            shop.refunds[PAID] = [by_hand]

    shop.before = meanwhile
    assert refusal(shop, everything(order)) == Refusal.MORE_THAN_LEFT


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"date_paid_gmt": None, "status": "pending"}, Refusal.NOT_PAID),
        ({"currency": "USD"}, Refusal.INVALID),
        ({"status": "trash"}, Refusal.UNKNOWN_ORDER),
        ({"payment_method": "gone-gateway"}, Refusal.NOT_SUPPORTED),
        ({"payment_method": ""}, Refusal.NOT_SUPPORTED),
        ({"line_items": []}, Refusal.UNKNOWN_LINE),
    ],
)
def test_the_order_as_it_is_now_decides(shop: WooCommerceStore, changes: dict[str, object], code: Refusal) -> None:
    """The shop itself pays back what was never paid, and passes over lines it does not know."""
    order = an_order_of(shop)
    intent = one_unit(order)
    shop.orders[PAID] = {**shop.orders[PAID], **changes}
    order = replace(order, paid=None) if code is Refusal.NOT_PAID else order
    assert told(shop, intent, order) == code
    assert sent(shop) == []


@pytest.mark.parametrize(
    "changes", [{"total": "much"}, {"total": "NaN"}, {"total": None}, {"id": "x"}, {"shipping_lines": [{"id": 1}]}]
)
def test_nonsense_in_an_order_pays_nothing_and_is_tried_again(
    shop: WooCommerceStore, changes: dict[str, object]
) -> None:
    order = an_order_of(shop)
    shop.orders[PAID] = {**shop.orders[PAID], **changes}
    intent = one_unit(order)
    with pytest.raises(Unavailable):
        actions(shop).refund(intent, order, idempotency_key=intent.idempotency_key)
    assert sent(shop) == []


def test_an_order_that_is_not_there_is_told_so_though_its_refunds_are_an_empty_list(shop: WooCommerceStore) -> None:
    order = an_order_of(shop)
    shop.orders.clear()
    assert told(shop, one_unit(order), order) == Refusal.UNKNOWN_ORDER


def test_fifty_units_of_a_line_of_two_are_not_sent(shop: WooCommerceStore) -> None:
    order = an_order_of(shop)
    (part,) = one_unit(order).allocations
    assert refusal(shop, replace(one_unit(order), allocations=(replace(part, quantity=50),))) == Refusal.MORE_THAN_LEFT


def test_more_than_a_lines_price_is_not_sent(shop: WooCommerceStore) -> None:
    order = an_order_of(shop)
    intent = one_unit(order)
    (part,) = intent.allocations
    dearer = replace(part, net=part.net + both(3100, 3100), tax=part.tax)
    more = replace(intent, allocations=(dearer,), total=intent.total + both(3100, 3100))
    shop.orders[PAID] = {**shop.orders[PAID], "total": "99.00"}
    assert told(shop, more, order) == Refusal.MORE_THAN_LEFT


def test_money_that_was_paid_elsewhere_is_put_on_record_and_no_gateway_asked(shop: WooCommerceStore) -> None:
    shop.desk.closed.add(PAID)
    receipt = pay(shop, replace(one_unit(an_order_of(shop)), means=Means.PAYOUT))
    assert [body["api_refund"] for body in sent(shop)] == [False]
    assert receipt.id == str(shop.refunds[PAID][0]["id"])


def test_the_last_yen_are_asked_for_as_the_shop_writes_them(shop: WooCommerceStore) -> None:
    """A shop may keep yen with two decimals: of 21337.80 nobody can have 21338."""
    line = {**shop.orders[PAID]["line_items"][0], "total": "21337.80", "subtotal": "21337.80", "total_tax": "0.00"}
    line["taxes"] = []
    yen = {"currency": "JPY", "total": "21337.80", "total_tax": "0.00", "line_items": [line]}
    shop.orders[PAID] = {**shop.orders[PAID], **yen}
    pay(shop, everything(an_order_of(shop)))
    assert [body["amount"] for body in sent(shop)] == ["21337.80"]
    assert shop.orders[PAID]["status"] == "refunded"


HTML = "text/html"
OUTCOMES = {
    "too many": (Reply(429, b"slow down", (("Retry-After", "60"),), HTML), 60.0),
    "maintenance": (Reply(503, b"<html>back soon</html>", (("Retry-After", "90"),), HTML), 90.0),
    "firewall": (Reply(403, b"<html>Forbidden</html>", (), HTML), None),
    "no JSON": (Reply(201, b"<b>Warning</b>: something", (), HTML), None),
    "cut off": (Reply(201, b'{"id": 1, "amou', (("Content-Length", "400"),)), None),
    "fatal": (Reply(500, b"<html>critical error</html>", (), HTML), None),
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_answer_that_says_nothing_is_read_back_and_then_left_for_later(shop: WooCommerceStore, name: str) -> None:
    """Whether it was done nobody knows, and the refunds do not show it: no second one is sent at once."""
    answer, wait = OUTCOMES[name]
    intent = one_unit(an_order_of(shop))

    def instead(asked: Asked) -> None:
        if asked.method == "POST" and asked.endpoint == REFUNDS and len(sent(shop)) == 1:
            shop.misbehave(REFUNDS, answer)

    shop.before = instead
    assert unanswered(shop, intent).retry_after == wait
    assert [asked.method for asked in shop.asked_of(REFUNDS)] == ["GET", "POST", "GET"]
    assert pay(shop, intent).id == str(shop.refunds[PAID][0]["id"])


def test_keys_that_may_only_read_are_told_apart_from_what_the_shop_cannot_do(shop: WooCommerceStore) -> None:
    shop.keys.scope = "read"
    order = an_order_of(shop)
    assert told(shop, one_unit(order), order) == Refusal.NOT_CONNECTED
    shop.keys.is_revoked = True
    assert told(shop, one_unit(order), order) == Refusal.NOT_CONNECTED
    assert shop.refunds.get(PAID, []) == []


def test_delivery_and_fees_go_back_on_their_own_items_with_their_rates(shop: WooCommerceStore) -> None:
    order = shop.orders[PAID]
    delivery = {"id": 71, "total": "10.00", "total_tax": "2.00", "method_id": "flat_rate", "meta_data": []}
    delivery["taxes"] = [{"id": 1, "total": "1.900000"}, {"id": 2, "total": "0.100000"}]
    fee = {"id": 72, "total": "5.00", "total_tax": "0.95", "taxes": [{"id": 1, "total": "0.95"}], "meta_data": []}
    less = {"id": 73, "total": "-1.00", "total_tax": "0.00", "taxes": [], "meta_data": []}
    more = {"shipping_total": "10.00", "shipping_tax": "2.00", "total": "76.95", "total_tax": "12.53"}
    shop.orders[PAID] = {**order, **more, "shipping_lines": [delivery], "fee_lines": [fee, less]}
    intent = everything(an_order_of(shop))
    pay(shop, intent)
    (body,) = sent(shop)
    lines = body["line_items"]
    assert isinstance(lines, list)
    named = {line["id"]: line for line in lines}
    assert named[71]["refund_total"] == "10.00"
    assert named[71]["refund_tax"] == [{"id": 1, "refund_total": "1.90"}, {"id": 2, "refund_total": "0.10"}]
    assert 73 not in named
    assert sum((paid(line) for line in lines), Decimal()) == Decimal(str(body["amount"])) == Decimal("76.95")


def paid(line: dict[str, object]) -> Decimal:
    taxes = line["refund_tax"]
    assert isinstance(taxes, list)
    shares = (Decimal(tax["refund_total"]) for tax in taxes)
    return Decimal(str(line["refund_total"])) + sum(shares, Decimal())


def told(shop: WooCommerceStore, intent: RefundIntent, order: Order) -> str:
    """Why a refund of the order as we know it is refused."""
    with pytest.raises(Rejected) as error:
        actions(shop).refund(intent, order, idempotency_key=intent.idempotency_key)
    return error.value.code
