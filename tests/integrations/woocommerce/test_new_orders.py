"""Goods that go out again, and goods that go out instead: of what the shop has, at the shop's own prices."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from plugin.domain.money import Money
from plugin.ports.platform_actions import Exchange, NewItem, Refusal
from tests.integrations.woocommerce.acting import (
    CREDIT,
    PAID,
    TENT,
    actions,
    an_order_of,
    exchange_goods,
    first,
    keep_stock,
    refused,
    replace_goods,
    store,
)
from tests.support.woocommerce import Record
from tests.support.woocommerce_store import WooCommerceStore


@pytest.fixture
def shop() -> Iterator[WooCommerceStore]:
    with store() as shop:
        yield shop


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


def test_two_tax_rates_that_round_apart_still_come_to_the_cent(shop: WooCommerceStore) -> None:
    """Of a fee's cent more, each rate may round up, down or not at all: the fee is finer than a cent."""
    shop.desk.rates = {"DE": {1: Decimal(19), 2: Decimal("1.5")}}
    order = an_order_of(shop)
    for credit in range(700, 760, 7):
        asked = Exchange(order, first(order), Money(credit, "EUR"), (NewItem(str(TENT), 2),))
        receipt = actions(shop).create_exchange(asked, idempotency_key=f"k{credit}")
        assert receipt.due
        assert shop.orders[int(receipt.id)]["total"] == f"{receipt.due.minor / 100:.2f}"


def test_a_price_that_changed_since_it_was_told_leaves_no_order_behind(shop: WooCommerceStore) -> None:
    order = an_order_of(shop)
    asked = Exchange(order, first(order), CREDIT, (NewItem(str(TENT), 1),), told=Money(1, "EUR"))
    assert refused(lambda: actions(shop).create_exchange(asked, idempotency_key="k")) == Refusal.PRICE_CHANGED
    assert set(shop.orders) == {PAID}


def test_prices_in_another_currency_than_the_orders_are_no_prices_for_it(shop: WooCommerceStore) -> None:
    shop.desk.settings["general/woocommerce_currency"] = "SEK"
    assert not actions(shop).capabilities(an_order_of(shop)).exchange
    assert refused(lambda: exchange_goods(shop)) == Refusal.NOT_SUPPORTED
