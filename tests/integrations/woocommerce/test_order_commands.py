"""Codes, notes, stock and orders called off: once, and nothing that the shop could not keep."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from plugin.domain.order import Fulfilment
from plugin.domain.times import Moment, Source
from plugin.ports.errors import Unavailable
from plugin.ports.platform_actions import Refusal
from tests.build import NOW
from tests.integrations.woocommerce.acting import (
    CREDIT,
    PAID,
    UNTIL,
    actions,
    an_order_of,
    exchange_goods,
    first,
    give_credit,
    keep_stock,
    refused,
    replace_goods,
    store,
)
from tests.support.woocommerce import PAYLOADS
from tests.support.woocommerce_desk import SETTINGS
from tests.support.woocommerce_store import WooCommerceStore


@pytest.fixture
def shop() -> Iterator[WooCommerceStore]:
    with store() as shop:
        yield shop


def leave_word(shop: WooCommerceStore) -> object:
    return actions(shop).note(an_order_of(shop), "Please wait <3", idempotency_key="k")


def put_back(shop: WooCommerceStore) -> object:
    order = an_order_of(shop)
    return actions(shop).restock(order, first(order), idempotency_key="k")


def call_off(shop: WooCommerceStore) -> object:
    return actions(shop).cancel_order(an_order_of(shop), restock=True, idempotency_key="k")


def left(shop: WooCommerceStore) -> object:
    """What commands leave behind, without ids."""
    made = [order for number, order in sorted(shop.orders.items()) if number != PAID]
    return (
        [(order["status"], order["total"], len(order["line_items"]), len(order["fee_lines"])) for order in made],
        [coupon["amount"] for coupon in shop.desk.coupons.values()],
        [note["note"] for note in shop.desk.notes.get(PAID, [])],
        shop.products[111]["stock_quantity"],
        shop.orders[PAID]["status"],
    )


@pytest.mark.parametrize(
    ("command", "lost"),
    [
        *((command, 1) for command in (give_credit, leave_word, put_back, call_off)),
        *((replace_goods, lost) for lost in (1, 2)),
        *((exchange_goods, lost) for lost in range(1, 7)),
    ],
)
def test_whichever_answer_is_lost_the_command_given_again_leaves_what_one_leaves(
    command: Callable[[WooCommerceStore], object], lost: int
) -> None:
    """The shop did what it was asked at each of its writes; its answer to one of them never came."""
    with store() as other:
        keep_stock(other)
        wanted = command(other)
        once = left(other)
    with store() as shop:
        keep_stock(shop)
        shop.lose_write(lost)
        try:
            command(shop)
        except Unavailable:
            again = command(shop)
            assert isinstance(again, type(wanted))
        assert left(shop) == once
        command(shop)
        assert left(shop) == once


def test_a_code_is_for_this_shopper_once_and_until_the_day_that_was_said(shop: WooCommerceStore) -> None:
    receipt = actions(shop).issue_store_credit(an_order_of(shop), CREDIT, expires_at=UNTIL, idempotency_key="k")
    (coupon,) = shop.desk.coupons.values()
    assert (receipt.id, receipt.code) == (str(coupon["id"]), coupon["code"])
    assert (coupon["amount"], coupon["discount_type"], coupon["usage_limit"]) == ("12.50", "fixed_cart", 1)
    assert coupon["email_restrictions"] == [shop.orders[PAID]["billing"]["email"]]
    assert coupon["date_expires_gmt"] == "2027-01-31T22:59:59", "by its offset, whatever the shop's zone"
    assert coupon["individual_use"] is False, "money's worth is good beside other codes"


def test_a_code_may_be_made_for_use_by_itself_as_a_real_shop_keeps_it(shop: WooCommerceStore) -> None:
    recorded = json.loads((PAYLOADS / "api_behaviours.json").read_bytes())["coupon_create"]
    asked, answered = (json.loads(recorded[side]["body"]) for side in ("request", "response"))
    assert asked["individual_use"] is answered["individual_use"] is True
    order, terms = an_order_of(shop), {"expires_at": None, "idempotency_key": "k"}
    actions(shop).issue_store_credit(order, CREDIT, is_combinable=False, **terms)  # type: ignore[arg-type]  # its words
    (coupon,) = shop.desk.coupons.values()
    (sent,) = [json.loads(asked.body) for asked in shop.asked_of("coupons") if asked.method == "POST"]
    assert sent["individual_use"] is coupon["individual_use"] is True


def test_a_code_is_looked_up_before_it_is_made(shop: WooCommerceStore) -> None:
    for _ in range(2):
        give_credit(shop)
    assert [asked.method for asked in shop.asked_of("coupons")] == ["GET", "POST", "GET"]


def test_a_code_that_somebody_else_gave_the_same_name_is_not_ours(shop: WooCommerceStore) -> None:
    receipt = actions(shop).issue_store_credit(an_order_of(shop), CREDIT, expires_at=None, idempotency_key="k")
    shop.desk.coupons[int(receipt.id)]["meta_data"] = []
    assert refused(lambda: give_credit(shop)) == Refusal.INVALID


@pytest.mark.parametrize(
    "change",
    [
        lambda shop: shop.desk.settings.update({"general/woocommerce_enable_coupons": "no"}),
        lambda shop: shop.desk.settings.update({"general/woocommerce_currency": "SEK"}),
        lambda shop: shop.orders[PAID]["billing"].update({"email": ""}),
    ],
    ids=["codes are off", "another currency", "nobody to give it to"],
)
def test_credit_is_given_only_where_it_could_be_used(
    shop: WooCommerceStore, change: Callable[[WooCommerceStore], object]
) -> None:
    change(shop)
    assert not actions(shop).capabilities(an_order_of(shop)).store_credit
    assert refused(lambda: give_credit(shop)) == Refusal.NOT_SUPPORTED


def test_a_note_is_for_staff_alone_and_what_is_typed_in_it_is_no_markup(shop: WooCommerceStore) -> None:
    leave_word(shop)
    (note,) = shop.desk.notes[PAID]
    assert note["customer_note"] is False
    assert note["note"].startswith("Please wait &lt;3 [")


def test_stock_that_nobody_counts_is_left_alone_and_a_parents_is_raised_at_the_parent(shop: WooCommerceStore) -> None:
    shop.products[111]["manage_stock"] = False
    put_back(shop)
    shop.products[111]["manage_stock"] = "parent"
    shop.products[109] |= {"manage_stock": True, "stock_quantity": 3}
    put_back(shop)
    put_back(shop)
    assert shop.products[109]["stock_quantity"] == 4
    assert [asked.endpoint for asked in shop.asked if asked.method == "PUT"] == ["products/109"]


@pytest.mark.parametrize("status", ["completed", "refunded", "failed"])
def test_an_order_that_is_done_is_not_called_off(shop: WooCommerceStore, status: str) -> None:
    shop.orders[PAID] = {**shop.orders[PAID], "status": status}
    assert not actions(shop).capabilities(an_order_of(shop)).cancel_order
    assert refused(lambda: call_off(shop)) == Refusal.WRONG_STATE


def test_an_order_of_which_something_has_left_is_not_called_off(shop: WooCommerceStore) -> None:
    keep_stock(shop)
    gone = Fulfilment("1", "shipped", Moment(NOW, Source.PLATFORM))
    order = replace(an_order_of(shop), fulfilments=(gone,))
    can = actions(shop).capabilities(order)
    assert (can.cancel_order, can.cancel_fulfilment, can.returns) == (False, False, False)
    assert refused(lambda: actions(shop).cancel_order(order, restock=True, idempotency_key="k")) == Refusal.WRONG_STATE


def test_goods_cannot_be_kept_out_of_stock_when_their_order_is_called_off(shop: WooCommerceStore) -> None:
    keep_stock(shop)
    taken = {"id": 5, "key": "_reduced_stock", "value": "2"}
    lines = [{**item, "meta_data": [*item["meta_data"], taken]} for item in shop.orders[PAID]["line_items"]]
    shop.orders[PAID] = {**shop.orders[PAID], "line_items": lines}
    order = an_order_of(shop)
    assert refused(lambda: actions(shop).cancel_order(order, restock=False, idempotency_key="k")) == (
        Refusal.NOT_SUPPORTED
    )
    call_off(shop)
    assert (shop.orders[PAID]["status"], shop.products[111]["stock_quantity"]) == ("cancelled", 11)


@pytest.mark.parametrize(
    ("taxes", "inside", "includes"), [("yes", "yes", True), ("yes", "no", False), ("no", "no", True)]
)
def test_the_shop_says_how_its_catalogue_states_prices(
    shop: WooCommerceStore, taxes: str, inside: str, *, includes: bool
) -> None:
    told = {"general/woocommerce_calc_taxes": taxes, "tax/woocommerce_prices_include_tax": inside}
    shop.desk.settings = {**SETTINGS, **told}
    prices = actions(shop).capabilities(an_order_of(shop)).prices
    assert prices
    assert (prices.currency, prices.includes_tax) == ("EUR", includes)


def test_asking_what_can_be_done_writes_nothing(shop: WooCommerceStore) -> None:
    before = json.dumps(shop.orders)
    assert actions(shop).capabilities(an_order_of(shop)).refund_online
    assert (json.dumps(shop.orders), shop.desk.notes) == (before, {})
    shop.keys.scope = "read"
    assert refused(lambda: actions(shop).capabilities(an_order_of(shop))) == Refusal.NOT_CONNECTED
