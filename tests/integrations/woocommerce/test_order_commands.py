"""Orders, codes, notes and stock are made once in a WooCommerce shop, at its own prices and of what it has."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from plugin.domain.money import Money
from plugin.domain.order import Fulfilment
from plugin.domain.times import Moment, Source
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import Exchange, NewItem, Refusal
from tests.build import NOW
from tests.integrations.woocommerce.acting import PAID, TENT, actions, an_order_of, first, store
from tests.support.woocommerce import Record
from tests.support.woocommerce_desk import SETTINGS
from tests.support.woocommerce_store import WooCommerceStore

CREDIT = Money(1250, "EUR")
UNTIL = datetime(2027, 1, 31, 22, 59, 59, tzinfo=UTC)


@pytest.fixture
def shop() -> Iterator[WooCommerceStore]:
    with store() as shop:
        yield shop


def give_credit(shop: WooCommerceStore) -> object:
    return actions(shop).issue_store_credit(an_order_of(shop), CREDIT, expires_at=UNTIL, idempotency_key="k")


def replace_goods(shop: WooCommerceStore) -> object:
    order = an_order_of(shop)
    return actions(shop).create_replacement_order(order, first(order), idempotency_key="k")


def exchange_goods(shop: WooCommerceStore) -> object:
    order = an_order_of(shop)
    asked = Exchange(order, first(order), CREDIT, (NewItem(str(TENT), 2),))
    return actions(shop).create_exchange(asked, idempotency_key="k")


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


def keep_stock(shop: WooCommerceStore) -> None:
    """Have the shop count what it has, and a state that orders can be called off from."""
    for number in (111, TENT):
        shop.products[number] |= {"manage_stock": True, "stock_quantity": 9, "stock_status": "instock"}
    shop.orders[PAID] = {**shop.orders[PAID], "status": "processing", "meta_data": []}


def refused(command: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as error:
        command()
    return error.value.code


def test_a_code_is_for_this_shopper_once_and_until_the_day_that_was_said(shop: WooCommerceStore) -> None:
    receipt = actions(shop).issue_store_credit(an_order_of(shop), CREDIT, expires_at=UNTIL, idempotency_key="k")
    (coupon,) = shop.desk.coupons.values()
    assert (receipt.id, receipt.code) == (str(coupon["id"]), coupon["code"])
    assert (coupon["amount"], coupon["discount_type"], coupon["usage_limit"]) == ("12.50", "fixed_cart", 1)
    assert coupon["email_restrictions"] == [shop.orders[PAID]["billing"]["email"]]
    assert coupon["date_expires_gmt"] == "2027-01-31T22:59:59", "by its offset, whatever the shop's zone"
    assert coupon["individual_use"] is False, "money's worth is good beside other codes"


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


def the_new(shop: WooCommerceStore) -> Record:
    (number,) = shop.orders.keys() - {PAID}
    return shop.orders[number]


def test_a_replacement_costs_nothing_goes_to_the_same_place_and_is_taken_from_stock(shop: WooCommerceStore) -> None:
    keep_stock(shop)
    shop.orders[PAID]["line_items"][0]["meta_data"] += [
        {"id": 1, "key": "Engraving", "value": "Für Ida", "display_key": "Engraving", "display_value": "Für Ida"}
    ]
    replace_goods(shop)
    made, (line,) = the_new(shop), the_new(shop)["line_items"]
    assert (made["total"], made["status"], line["variation_id"], line["quantity"]) == ("0.00", "processing", 111, 1)
    assert {meta["key"]: meta["value"] for meta in line["meta_data"]}["Engraving"] == "Für Ida"
    assert made["shipping"]["address_1"] == shop.orders[PAID]["shipping"]["address_1"]
    assert shop.products[111]["stock_quantity"] == 8


@pytest.mark.parametrize(
    ("product", "code"),
    [
        ({"stock_status": "outofstock"}, Refusal.MORE_THAN_LEFT),
        ({"manage_stock": True, "stock_quantity": 0}, Refusal.MORE_THAN_LEFT),
        ({"manage_stock": "parent", "stock_quantity": 0}, Refusal.MORE_THAN_LEFT),
        ({"status": "draft"}, Refusal.MORE_THAN_LEFT),
    ],
)
def test_what_the_shop_has_not_is_not_promised_though_it_would_sell_it(
    shop: WooCommerceStore, product: Record, code: Refusal
) -> None:
    for number in (111, TENT):
        shop.products[number] |= product
    assert refused(lambda: replace_goods(shop)) == code
    assert refused(lambda: exchange_goods(shop)) == code
    assert set(shop.orders) == {PAID}


def test_what_was_deleted_from_the_catalogue_cannot_be_sent_again(shop: WooCommerceStore) -> None:
    blanked = {"product_id": 0, "variation_id": 0}
    lines = [{**item, **blanked} for item in shop.orders[PAID]["line_items"]]
    shop.orders[PAID] = {**shop.orders[PAID], "line_items": lines}
    assert refused(lambda: replace_goods(shop)) == Refusal.MORE_THAN_LEFT
    del shop.products[TENT]
    assert refused(lambda: exchange_goods(shop)) == Refusal.INVALID


@pytest.mark.parametrize("credit", [0, 1, 1250, 2999, 5999, 6000, 6001, 9000])
def test_an_exchange_comes_to_the_difference_to_the_cent(shop: WooCommerceStore, credit: int) -> None:
    """A negative fee takes tax off as well, so the shop's own total is what counts."""
    order = an_order_of(shop)
    asked = Exchange(order, first(order), Money(credit, "EUR"), (NewItem(str(TENT), 2),))
    price = Money.parse(shop.products[TENT]["price"], "EUR").minor * 2
    receipt = actions(shop).create_exchange(asked, idempotency_key="k")
    made = the_new(shop)
    due = max(price - credit, 0)
    assert made["total"] == f"{due / 100:.2f}"
    assert made["status"] == ("pending" if due else "processing")
    assert receipt.due == (Money(due, "EUR") if due else None)
    assert receipt.back == (Money(credit - price, "EUR") if credit > price else None)
    assert bool(receipt.pay_at) == bool(due)


def test_a_price_that_changed_since_it_was_told_leaves_no_order_behind(shop: WooCommerceStore) -> None:
    order = an_order_of(shop)
    asked = Exchange(order, first(order), CREDIT, (NewItem(str(TENT), 1),), told=Money(1, "EUR"))
    assert refused(lambda: actions(shop).create_exchange(asked, idempotency_key="k")) == Refusal.PRICE_CHANGED
    assert set(shop.orders) == {PAID}


def test_prices_in_another_currency_than_the_orders_are_no_prices_for_it(shop: WooCommerceStore) -> None:
    shop.desk.settings["general/woocommerce_currency"] = "SEK"
    assert not actions(shop).capabilities(an_order_of(shop)).exchange
    assert refused(lambda: exchange_goods(shop)) == Refusal.NOT_SUPPORTED


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
