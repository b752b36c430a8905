"""One slip of a market stall, as an order."""

import json
from datetime import UTC, datetime
from typing import Any, Final, TypeGuard

from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import (
    DeliveryPlace,
    Order,
    OrderLine,
    OrderRef,
    PaymentKind,
    Platform,
    Price,
    Shopper,
    Standing,
)
from plugin.domain.shop_events import OrderSeen, ShopEvent
from plugin.domain.times import Moment, Source
from plugin.ports.errors import Unreadable
from plugin.ports.platform import Message

_MOST: Final = 100_000
_NOTHING: Final = Price(Money(0, "EUR"), Money(0, "EUR"))


class StallTranslator:
    """As the port says."""

    platform = Platform.STALL

    def translate(self, message: Message) -> tuple[ShopEvent, ...]:
        """One order a slip; a stall sends no webhooks."""
        if message.topic:
            raise Unreadable("unknown_topic", "topic")
        try:
            slip = json.loads(message.body)
        except (ValueError, RecursionError) as error:
            raise Unreadable("not_json", "body") from error
        if not isinstance(slip, dict):
            raise Unreadable("not_an_object", "body")
        return (OrderSeen(_order(slip)),)


def _order(slip: dict[str, Any]) -> Order:
    number, at = str(_whole(slip, "slip")), _instant(slip)
    price = Price(Money(_whole(slip, "cents"), "EUR"), Money(_whole(slip, "cents"), "EUR"))
    return Order(
        ref=OrderRef(Platform.STALL, number),
        number=number,
        standing=Standing.PLACED,
        platform_status="sold",
        currency="EUR",
        presentment_currency="EUR",
        total=price,
        shipping=_NOTHING,
        prices_include_tax=True,
        payment=PaymentKind.MANUAL,
        place=DeliveryPlace(None, None),
        placed=Moment(at, Source.PLATFORM),
        updated_at=at,
        lines=(OrderLine(LineId("1"), str(slip.get("what")), 1, price, _NOTHING, _NOTHING),),
        shopper=Shopper(),
    )


def _whole(slip: dict[str, Any], name: str) -> int:
    value = slip.get(name)
    if not _is_whole(value) or not 0 < value < _MOST:
        raise Unreadable("not_a_number", name)
    return value


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _instant(slip: dict[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(slip.get("sold"))).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unreadable("not_an_instant", "sold") from error
