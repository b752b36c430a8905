"""Every recorded order of both platforms can be paid back to the last minor unit, and not a unit further."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from integrations.platforms import TRANSLATORS
from plugin.domain.order import Order, Platform
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.captured import captured
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.ledger import open_to_refund
from plugin.domain.refund.request import LineRequest, NothingToRefund
from plugin.domain.shop_events import OrderSeen
from plugin.ports.platform import Message
from tests.integrations.shopify.nodes import completed
from tests.integrations.shopify.samples import Json, recorded_orders
from tests.support.refunds import an_intent, everything_left, withdrawn

WOOCOMMERCE = Path(__file__).parents[1] / "payloads" / "woocommerce" / "orders.jsonl"
LEAST = {Platform.WOOCOMMERCE: 220, Platform.SHOPIFY: 15}  # orders with money to pay back, of 300 and 36


def recorded(platform: Platform) -> Iterator[Order]:
    """Give what was recorded; Shopify's records have fewer fields than our query, so the rest is filled in."""
    if platform is Platform.SHOPIFY:
        bodies = [json.dumps(_whole(record["order"])).encode() for record in recorded_orders()]
    else:
        bodies = WOOCOMMERCE.read_bytes().splitlines()
    for body in bodies:
        for event in TRANSLATORS[platform].translate(Message("", body, {})):
            if isinstance(event, OrderSeen):
                yield event.order


@pytest.mark.parametrize("platform", LEAST)
def test_every_recorded_order_is_paid_back_unit_by_unit_to_the_last_cent(platform: Platform) -> None:
    paid_back = 0
    for order in recorded(platform):
        before = open_to_refund(order, [])
        intents = _unit_by_unit(order)
        left = open_to_refund(order, intents)
        gone = sum(intent.total.presentment.minor for intent in intents)
        assert gone + left.presentment.minor == before.presentment.minor
        if before == captured(order) == order.total and intents:
            assert left.presentment.minor == 0, order.number
            assert left.shop.minor == 0, order.number
        paid_back += bool(intents)
    assert paid_back >= LEAST[platform]


@pytest.mark.parametrize("platform", LEAST)
def test_unit_by_unit_and_all_at_once_agree_on_every_recorded_order(platform: Platform) -> None:
    for order in recorded(platform):
        try:
            whole = quote(withdrawn(*everything_left(order)), order)
        except NothingToRefund:
            assert open_to_refund(order, []).presentment.minor == 0 or not everything_left(order)
            continue
        except Exception as error:  # noqa: BLE001 - told with the order it came from
            assert not everything_left(order), (order.number, error)  # noqa: PT017 - nothing left to ask for
            continue
        parts = sum(intent.total.presentment.minor for intent in _unit_by_unit(order))
        assert parts == whole.total.presentment.minor, order.number


def _whole(real: Json) -> Json:
    order = completed(real)
    total = order["totalPriceSet"]
    shop, shown = total["shopMoney"]["currencyCode"], total["presentmentMoney"]["currencyCode"]
    return {**order, "currencyCode": shop, "presentmentCurrencyCode": shown}


def _unit_by_unit(order: Order) -> list[RefundIntent]:
    intents: list[RefundIntent] = []
    while remaining := everything_left(order, intents):
        for asked in ((LineRequest(remaining[0].line, 1),), remaining):
            with suppress(NothingToRefund):
                intents.append(an_intent(quote(withdrawn(*asked), order, intents), f"refund{len(intents)}"))
                break
        else:
            return intents
    return intents
