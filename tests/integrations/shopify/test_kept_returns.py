"""What a Shopify return says of fees, parcels, stock and outcomes; each thing once, whatever answers are lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import PlatformReturn
from plugin.domain.return_parts import LineFee, ReturnDelivery
from plugin.domain.returning.outcome import Outcome
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import Refusal, Units
from plugin.ports.platform_returns import Disposed, Maker, ReturnCommand, ReturnFees, Travel
from tests.integrations.platform_actions_contract import whole
from tests.integrations.shopify.nodes import a_node, page
from tests.integrations.shopify.samples import Json, seen_order
from tests.integrations.shopify.test_actions import GID, PAID, ShopifyRig
from tests.integrations.shopify.test_actions import rig as rig  # noqa: PLC0414 - a fixture
from tests.support.shopify_admin import documented

README = Path(__file__).parents[3] / "integrations" / "platforms" / "shopify" / "README.md"
LABEL = "https://aftercare.example/s/k/labels/t.pdf"


def opened(rig: ShopifyRig, count: int = 1, fees: ReturnFees | None = None, *, is_approved: bool = True) -> str:
    units = (Units(line(rig), count),)
    asked = ReturnCommand(rig.paid, units, "R-1", is_approved=is_approved, fees=fees or ReturnFees())
    return rig.actions.open_return(asked, idempotency_key="open").id


def line(rig: ShopifyRig) -> LineId:
    return rig.paid.lines[0].id


def gone(rig: ShopifyRig, outcome: Outcome, count: int = 1) -> tuple[Disposed, ...]:
    return (Disposed(line(rig), count, outcome),)


def record(rig: ShopifyRig, return_id: str) -> Json:
    found = rig.shop.returns.find(f"gid://shopify/Return/{return_id}")
    assert found
    return found


def disposed(rig: ShopifyRig, return_id: str) -> list[tuple[str, int, str | None]]:
    lines = [each for order in record(rig, return_id)["reverseFulfillmentOrders"] for each in order["lineItems"]]
    return [
        (each["type"], each["quantity"], each["location"] and each["location"]["id"])
        for found in lines
        for each in found["dispositions"]
    ]


@pytest.mark.parametrize("is_approved", [True, False])
def test_fees_stand_on_the_return_and_come_to_what_was_told(rig: ShopifyRig, *, is_approved: bool) -> None:
    fees = ReturnFees((LineFee(line(rig), Money(333, "EUR")),), Money(490, "EUR"))
    made = opened(rig, 2, fees, is_approved=is_approved)
    (kept,) = rig.reported(rig.paid).returns
    assert (kept.id, kept.shipping_fee) == (made, Money(490, "EUR"))
    assert kept.restocking_fees == (LineFee(line(rig), Money(333, "EUR")),)


def test_no_fee_is_asked_where_none_is_kept(rig: ShopifyRig) -> None:
    opened(rig, fees=ReturnFees((LineFee(line(rig), Money(0, "EUR")),), Money(0, "EUR")))
    (sent,) = [each for each in rig.shop.server.asked if each.operation == "ReturnCreate"]
    assert "returnShippingFee" not in sent.variables["input"]
    assert "restockingFee" not in sent.variables["input"]["returnLineItems"][0]


def test_a_parcel_is_announced_with_its_label_once_and_corrected(rig: ShopifyRig) -> None:
    made, units = opened(rig), (Units(line(rig), 1),)
    rig.lose_answers(1)
    for travel in (Travel("RR1", "https://carrier.example/RR1"), Travel("RR2", None, LABEL)):
        while True:
            try:
                rig.actions.send_back(rig.paid, made, units, travel, idempotency_key="s")
                break
            except Unavailable:
                continue
    (kept,) = rig.reported(rig.paid).returns
    (parcel,) = kept.deliveries
    assert parcel == ReturnDelivery(parcel.id, "RR2", None, LABEL)
    assert rig.shop.server.names().count("ReverseDeliveryCreate") == 1


def test_goods_go_back_into_the_stock_they_left_once(rig: ShopifyRig) -> None:
    made = opened(rig)
    rig.lose_answers(1)
    with pytest.raises(Unavailable):
        rig.actions.dispose(rig.paid, made, gone(rig, Outcome.RESTOCKED), idempotency_key="d")
    rig.actions.dispose(rig.paid, made, gone(rig, Outcome.RESTOCKED), idempotency_key="d")
    assert disposed(rig, made) == [("RESTOCKED", 1, "gid://shopify/Location/7")]


def test_what_no_stock_knows_is_said_to_be_not_restocked(rig: ShopifyRig) -> None:
    rig.shop.orders[GID + PAID]["fulfillments"][0]["fulfillmentLineItems"][0]["lineItem"]["variant"] = None
    made = opened(rig)
    rig.actions.dispose(rig.paid, made, gone(rig, Outcome.RESTOCKED), idempotency_key="d")
    assert disposed(rig, made) == [("NOT_RESTOCKED", 1, None)]


@pytest.mark.parametrize("place", [None, {"id": "gid://shopify/Location/8", "isActive": False}])
def test_goods_from_a_stock_that_takes_nothing_back_are_left_to_a_person(rig: ShopifyRig, place: Json | None) -> None:
    rig.shop.orders[GID + PAID]["fulfillments"][0]["location"] = place
    made = opened(rig)
    with pytest.raises(Rejected) as error:
        rig.actions.dispose(rig.paid, made, gone(rig, Outcome.RESTOCKED), idempotency_key="d")
    assert error.value.code == Refusal.NOT_SUPPORTED
    assert disposed(rig, made) == []


def test_units_received_are_processed_once_and_no_money_moves(rig: ShopifyRig) -> None:
    made = opened(rig, 2)
    rig.lose_answers(1)
    with pytest.raises(Unavailable):
        rig.actions.handle_return(rig.paid, made, (Units(line(rig), 1),), idempotency_key="h")
    for count in (1, 2):
        kept = rig.actions.handle_return(rig.paid, made, (Units(line(rig), count),), idempotency_key="h")
        assert [each.quantity for each in kept.handled] == [count]
    assert rig.shop.orders[GID + PAID]["refunds"] == []
    with pytest.raises(Rejected) as error:
        rig.actions.handle_return(rig.paid, made, (Units(line(rig), 3),), idempotency_key="h")
    assert error.value.code == Refusal.MORE_THAN_LEFT


def test_goods_without_a_return_are_put_on_sale_by_one_of_our_own(rig: ShopifyRig) -> None:
    rig.lose_answers(1)
    with pytest.raises(Unavailable):
        rig.actions.restock(rig.paid, (Units(line(rig), 1),), idempotency_key="stock")
    for _ in range(2):
        rig.actions.restock(rig.paid, (Units(line(rig), 1),), idempotency_key="stock")
    ((seen,), kept) = rig.actions.returns_of(rig.paid, idempotency_key="x"), rig.reported(rig.paid).returns
    assert (seen.maker, [each.status for each in kept]) == (Maker.US, ["closed"])
    assert disposed(rig, seen.kept.id) == [("RESTOCKED", 1, "gid://shopify/Location/7")]


def test_goods_that_were_paid_back_without_a_return_can_be_in_none_and_that_is_said(rig: ShopifyRig) -> None:
    whole(rig.paid).of(rig)
    for command in (
        lambda: rig.actions.restock(rig.paid, (Units(line(rig), 1),), idempotency_key="stock"),
        lambda: opened(rig),
    ):
        with pytest.raises(Rejected) as error:
            command()
        assert error.value.code == Refusal.MORE_THAN_LEFT
    assert rig.reported(rig.paid).returns == ()


def test_goods_paid_back_while_they_are_in_a_return_go_back_into_stock_by_it(rig: ShopifyRig) -> None:
    made = opened(rig, 2)
    whole(rig.paid).of(rig)
    rig.actions.dispose(rig.paid, made, gone(rig, Outcome.RESTOCKED, 2), idempotency_key="d")
    assert disposed(rig, made) == [("RESTOCKED", 2, "gid://shopify/Location/7")]


def test_a_return_line_without_fulfilment_belongs_to_no_line() -> None:
    line = {"quantity": 1, "processedQuantity": 0}
    returned = {**a_node()["returns"]["nodes"][0], "status": "OPEN", "returnLineItems": page(line)}
    returned |= {"returnShippingFees": [], "reverseFulfillmentOrders": {"nodes": []}}
    (seen,) = seen_order("", a_node(returns=page(returned))).returns
    assert seen == PlatformReturn("55", "open", ())


def test_a_return_made_elsewhere_is_told_from_ours(rig: ShopifyRig) -> None:
    order = rig.shop.orders[GID + PAID]
    parcel = order["fulfillments"][0]["fulfillmentLineItems"][0]
    asked = {"fulfillmentLineItemId": parcel["id"], "quantity": 1, "returnReason": "COLOR"}
    rig.shop.returns.request({"orderId": order["id"], "returnLineItems": [asked]})
    (seen,) = rig.actions.returns_of(rig.paid, idempotency_key="k")
    assert (seen.maker, seen.kept.status) == (Maker.ELSEWHERE, "requested")
    assert rig.actions.approve_return(rig.paid, seen.kept.id, idempotency_key="a").status == "open"


def test_a_return_of_another_order_is_not_touched(rig: ShopifyRig) -> None:
    made = opened(rig)
    assert rig.unpaid
    with pytest.raises(Rejected) as error:
        rig.actions.close_return(rig.unpaid, made, idempotency_key="c")
    assert error.value.code == Refusal.UNKNOWN_ORDER


def test_what_nobody_has_seen_shopify_do_is_listed_for_whoever_reads(rig: ShopifyRig) -> None:
    made = opened(rig, fees=ReturnFees((LineFee(line(rig), Money(100, "EUR")),)))
    rig.actions.dispose(rig.paid, made, gone(rig, Outcome.MISSING), idempotency_key="d")
    assert rig.shop.returns.documented.taken == {
        "a restocking fee",
        "disposed as MISSING",
        "disposed without a location",
    }
    missing = [step for step in documented.SOURCES if f"- {step} (" not in README.read_text()]
    assert missing == []
