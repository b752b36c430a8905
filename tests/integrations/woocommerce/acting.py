"""What tests of commands to a shop share: the shop, an order of it as it is stored, and the commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from integrations.guarded_http import open_session
from integrations.platforms.woocommerce.actions.adapter import WooCommerceActions
from integrations.platforms.woocommerce.reader import ShopReader
from plugin.domain.money import Money
from plugin.domain.order import Order
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.request import LineRequest
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import Exchange, NewItem, RefundReceipt, Units
from tests.integrations.woocommerce.proving import credentials
from tests.support.refunds import an_intent, everything_left, returned, withdrawn
from tests.support.woocommerce import the_order
from tests.support.woocommerce_shop import serving
from tests.support.woocommerce_store import WooCommerceStore, recorded_store

PAID = 592
"""Two units of one variation at 30.00, paid by card; 19 % tax in it."""
TENT = 112
"""Another variation of the same product."""
CREDIT = Money(1250, "EUR")
UNTIL = datetime(2027, 1, 31, 22, 59, 59, tzinfo=UTC)


@contextmanager
def store(*numbers: int) -> Iterator[WooCommerceStore]:
    """Serve a shop with these orders of the recorded ones, never refunded, and their products."""
    shop = recorded_store(*(numbers or (PAID,)))
    with serving(shop):
        yield shop


def actions(shop: WooCommerceStore) -> WooCommerceActions:
    session = open_session(allows_private=True, timeouts=(2, 0.3))
    return WooCommerceActions(ShopReader(shop.address, credentials(shop), session, lambda _: None))


def an_order_of(shop: WooCommerceStore, number: int = PAID) -> Order:
    """The order as we store it, its refunds with their lines."""
    return the_order({**shop.orders[number], "refunds": shop.refunds.get(number, [])})


def one_unit(order: Order, refund_id: str = "refund1") -> RefundIntent:
    return an_intent(quote(returned(LineRequest(order.lines[0].id, 1)), order), refund_id)


def everything(order: Order, refund_id: str = "refund1") -> RefundIntent:
    return an_intent(quote(withdrawn(*everything_left(order)), order), refund_id)


def pay(shop: WooCommerceStore, intent: RefundIntent, number: int = PAID) -> RefundReceipt:
    return actions(shop).refund(intent, an_order_of(shop, number), idempotency_key=intent.idempotency_key)


def first(order: Order, quantity: int = 1) -> tuple[Units, ...]:
    return (Units(order.lines[0].id, quantity),)


def refusal(shop: WooCommerceStore, intent: RefundIntent, number: int = PAID) -> str:
    """Why a refund is refused."""
    with pytest.raises(Rejected) as error:
        pay(shop, intent, number)
    return error.value.code


def unanswered(shop: WooCommerceStore, intent: RefundIntent, number: int = PAID) -> Unavailable:
    """That nobody knows what became of it."""
    with pytest.raises(Unavailable) as error:
        pay(shop, intent, number)
    return error.value


def give_credit(shop: WooCommerceStore) -> object:
    return actions(shop).issue_store_credit(an_order_of(shop), CREDIT, expires_at=UNTIL, idempotency_key="k")


def replace_goods(shop: WooCommerceStore) -> object:
    order = an_order_of(shop)
    return actions(shop).create_replacement_order(order, first(order), idempotency_key="k")


def exchange_goods(shop: WooCommerceStore) -> object:
    order = an_order_of(shop)
    asked = Exchange(order, first(order), CREDIT, (NewItem(str(TENT), 2),))
    return actions(shop).create_exchange(asked, idempotency_key="k")


def keep_stock(shop: WooCommerceStore) -> None:
    """Have the shop count what it has, and a state that orders can be called off from."""
    for number in (111, TENT):
        shop.products[number] |= {"manage_stock": True, "stock_quantity": 9, "stock_status": "instock"}
    shop.orders[PAID] = {**shop.orders[PAID], "status": "processing", "meta_data": []}


def refused(command: Callable[[], object]) -> str:
    with pytest.raises(Rejected) as error:
        command()
    return error.value.code
