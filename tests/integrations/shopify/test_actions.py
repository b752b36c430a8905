"""Commands to a Shopify shop that answers as recorded: money, returns, notes (test_making.py: the port's contract)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from integrations.guarded_http import open_session
from integrations.platforms.shopify import TRANSLATOR
from integrations.platforms.shopify.actions.adapter import ShopifyActions
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.sync.source import ShopifySource
from plugin.domain.connection import Credentials
from plugin.domain.order import Order
from plugin.domain.shop_events import OrderSeen
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform import Message
from plugin.ports.platform_actions import DeclineReason, Refusal, ReturnCommand, Units
from tests.integrations.platform_actions_contract import one_unit, whole
from tests.integrations.platform_returns_contract import PlatformReturnsContract
from tests.integrations.shopify.records import an_order
from tests.integrations.shopify.samples import Json
from tests.support.shopify_admin.server import TOKEN, Reply
from tests.support.shopify_admin.shop import AdminShop, shop_on_line

SHOP, KEYS = "nordkap.myshopify.com", Credentials(TOKEN, "")
GID = "gid://shopify/Order/"
PAID, UNPAID, ON_DELIVERY = "1", "2", "3"
BUSY = Reply(503, b"<html>Maintenance</html>", (("Retry-After", "60"),))


def a_payment(number: str, gateway: str, *, is_manual: bool) -> Json:
    side = {"amount": "29.75", "currencyCode": "EUR"}
    paid = {"id": f"gid://shopify/OrderTransaction/{number}", "kind": "SALE", "status": "SUCCESS", "gateway": gateway}
    paid |= {"manualPaymentGateway": is_manual, "amountSet": {"shopMoney": side, "presentmentMoney": side}}
    return {**paid, "processedAt": "2026-10-01T08:00:00Z", "parentTransaction": None}


def paid_by(number: str, *payments: Json, **changes: object) -> Json:
    """An order of two units that was sent, and how it was paid."""
    order = an_order(int(number), transactions=list(payments), customAttributes=[], **changes)
    order["lineItems"][0]["refundableQuantity"] = 2
    return order


@dataclass
class ShopifyRig:
    """The shop as the contract asks for it; what it reports is the order read again."""

    shop: AdminShop

    def __post_init__(self) -> None:
        line = Line(self.shop.server.origin, lambda _: None, lambda: 0.0)
        self.source = ShopifySource(lambda: open_session(allows_private=True, timeouts=(2, 20)), line=line)
        self.at_first = {number: self.order(number) for number in (PAID, UNPAID, ON_DELIVERY)}

    @property
    def actions(self) -> ShopifyActions:
        return ShopifyActions(lambda: self.source.client(SHOP, KEYS))

    @property
    def paid(self) -> Order:
        return self.at_first[PAID]

    @property
    def unpaid(self) -> Order | None:
        return self.at_first[UNPAID]

    @property
    def on_delivery(self) -> Order | None:
        return self.at_first[ON_DELIVERY]

    @property
    def on_sale(self) -> str:
        return "6"

    def order(self, number: str) -> Order:
        found = self.source.order(SHOP, KEYS, number)
        assert found
        (event,) = TRANSLATOR.translate(Message("", found.record, {}))
        assert isinstance(event, OrderSeen)
        return event.order

    def reported(self, order: Order) -> Order:
        return self.order(order.ref.external_id)

    def be_unavailable(self, times: int) -> None:
        self.shop.server.misbehave(*[BUSY] * times)

    def lose_answers(self, times: int) -> None:
        """The answers of commands are lost, those of questions come."""
        self.shop.server.lost = times


@pytest.fixture
def rig() -> Iterator[ShopifyRig]:
    with shop_on_line(AdminShop()) as shop:
        shop.add(paid_by(PAID, a_payment("91", "shopify_payments", is_manual=False)))
        shop.add(paid_by(UNPAID, displayFinancialStatus="PENDING"))
        cash = a_payment("93", "Cash on Delivery (COD)", is_manual=True)
        shop.add(paid_by(ON_DELIVERY, cash, paymentGatewayNames=["Cash on Delivery (COD)"]))
        yield ShopifyRig(shop)


class TestShopifyReturns(PlatformReturnsContract):
    pass


def test_money_goes_back_by_the_payments_it_came_by_one_after_the_other(rig: ShopifyRig) -> None:
    first, second = (a_payment(number, "shopify_payments", is_manual=False) for number in ("94", "95"))
    first["amountSet"]["presentmentMoney"]["amount"] = "5.0"
    rig.shop.orders[GID + PAID]["transactions"] = [first, second]
    one_unit(rig.paid).of(rig)
    made = [each for each in rig.shop.orders[GID + PAID]["transactions"] if each["kind"] == "REFUND"]
    assert [each["parentTransaction"]["id"] for each in made] == [first["id"], second["id"]]
    assert made[0]["amountSet"]["presentmentMoney"]["amount"] == "5.0"


def test_a_refund_that_emptied_the_order_is_found_again_by_its_mark(rig: ShopifyRig) -> None:
    asked = whole(rig.paid)
    assert asked.of(rig) == asked.of(rig)
    assert rig.shop.server.names().count("RefundCreate") == 1, "asked again, it would be refused as too much"


def test_a_line_beyond_the_first_hundred_is_paid_back_too(rig: ShopifyRig) -> None:
    lines = rig.shop.orders[GID + PAID]["lineItems"]
    others = [{**lines[0], "id": f"gid://shopify/LineItem/{number}"} for number in range(1000, 1400)]
    rig.shop.orders[GID + PAID]["lineItems"] = [*others, *lines]
    assert one_unit(rig.paid).of(rig)
    assert rig.shop.server.names().count("OrderMoneyLines") == 2


def test_the_key_is_the_intents_own_and_goes_with_the_command(rig: ShopifyRig) -> None:
    asked = one_unit(rig.paid)
    asked.of(rig)
    (sent,) = [each for each in rig.shop.server.asked if each.operation == "RefundCreate"]
    assert sent.variables["key"] == asked.intent.idempotency_key


def test_goods_are_not_put_on_sale_again_by_a_refund(rig: ShopifyRig) -> None:
    asked = one_unit(rig.paid)
    with pytest.raises(Rejected) as error:
        replace(asked, intent=replace(asked.intent, restock=True)).of(rig)
    assert error.value.code == Refusal.NOT_SUPPORTED


def test_a_return_whose_answer_was_lost_is_found_and_not_opened_twice(rig: ShopifyRig) -> None:
    command = ReturnCommand(rig.paid, (Units(rig.paid.lines[0].id, 1),), "does not fit")
    rig.lose_answers(1)
    with pytest.raises(Unavailable):
        rig.actions.open_return(command, idempotency_key="open")
    opened = rig.actions.open_return(command, idempotency_key="open")
    assert [each.id for each in rig.reported(rig.paid).returns] == [opened.id]
    assert [(line.line, line.quantity) for line in opened.lines] == [(rig.paid.lines[0].id, 1)]


def test_a_return_may_be_open_at_once_or_declined_with_a_reason(rig: ShopifyRig) -> None:
    units = (Units(rig.paid.lines[0].id, 1),)
    opened = rig.actions.open_return(ReturnCommand(rig.paid, units, "", is_approved=True), idempotency_key="a")
    asked = rig.actions.open_return(ReturnCommand(rig.paid, units, "x" * 400), idempotency_key="b")
    declined = rig.actions.decline_return(rig.paid, asked.id, DeclineReason.FINAL_SALE, idempotency_key="c")
    assert (opened.status, declined.status) == ("open", "declined")
    assert rig.shop.returns.find(f"gid://shopify/Return/{asked.id}")["decline"]["reason"] == "FINAL_SALE"  # type: ignore[index]  # it is there


def test_more_units_than_left_or_came_back_are_no_return(rig: ShopifyRig) -> None:
    line = rig.paid.lines[0].id
    with pytest.raises(Rejected) as error:
        rig.actions.open_return(ReturnCommand(rig.paid, (Units(line, 3),), "why"), idempotency_key="a")
    assert error.value.code == Refusal.MORE_THAN_LEFT
    with pytest.raises(Rejected) as error:
        rig.actions.close_return(rig.paid, "404", idempotency_key="b")
    assert error.value.code == Refusal.UNKNOWN_ORDER


def test_a_note_is_left_once_beside_what_stands_there(rig: ShopifyRig) -> None:
    rig.shop.orders[GID + PAID]["customAttributes"] = [{"key": "gift", "value": "yes"}]
    for _ in range(2):
        rig.actions.note(rig.paid, "Return approved.", idempotency_key="note")
    kept = rig.shop.orders[GID + PAID]["customAttributes"]
    assert [each["value"] for each in kept] == ["yes", "Return approved."]
    assert rig.reported(rig.paid).shopper == rig.paid.shopper, "it is not taken for the shopper's own"


def test_what_only_the_merchant_can_mend_is_refused_and_the_rest_may_pass(rig: ShopifyRig) -> None:
    rig.shop.server.misbehave(Reply(401))
    with pytest.raises(Rejected) as error:
        rig.actions.capabilities(rig.paid)
    assert error.value.code == Refusal.NOT_CONNECTED
    rig.shop.server.misbehave(Reply(402))
    with pytest.raises(Unavailable):
        rig.actions.capabilities(rig.paid)


def test_prices_and_what_can_be_done_are_said_by_the_shop(rig: ShopifyRig) -> None:
    can = rig.actions.capabilities(rig.paid)
    assert (can.refund_online, can.returns, can.note, can.cancel_order) == (True, True, True, False)
    assert can.prices
    assert (can.prices.currency, can.prices.includes_tax) == ("EUR", True)
    assert json.dumps(rig.shop.server.names()).count("OrderMoney") == 1
