"""Words for the merchant, and orders called off."""

from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, mark, order_gid
from integrations.platforms.shopify.actions.money import live_order
from integrations.platforms.shopify.documents import mutation, query
from plugin.domain.order import Order
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal

_ATTRIBUTES: Final = query("order_attributes", "OrderAttributes")
_UPDATE: Final = mutation("order_update", "OrderUpdate")
_CANCEL: Final = mutation("order_cancel", "OrderCancel")


class _Attribute(msgspec.Struct):
    key: str
    value: str | None


class _Order(msgspec.Struct, rename="camel"):
    custom_attributes: list[_Attribute]


class _Found(msgspec.Struct):
    order: _Order | None


class _Anything(msgspec.Struct):
    pass


def leave_note(calls: Calls, order: Order, text: str, key: str) -> None:
    """Among the order's additional details: its one note is the shopper's own, and is read as theirs."""
    found = calls.find(_ATTRIBUTES, _Found, id=order_gid(order)).order
    if found is None:
        raise Rejected(Refusal.UNKNOWN_ORDER)
    if any(each.key == mark(key) for each in found.custom_attributes):
        return
    kept = [{"key": each.key, "value": each.value or ""} for each in found.custom_attributes]
    asked = {"id": order_gid(order), "customAttributes": [*kept, {"key": mark(key), "value": text}]}
    calls.change(_UPDATE, "orderUpdate", _Anything, {"input": asked})


def cancel_order(calls: Calls, order: Order, *, restock: bool) -> None:
    """Once; Shopify carries it out in a job of its own, and reports the order as cancelled when it has."""
    live, _ = live_order(calls, order)
    if live.cancelled_at is None:
        asked = {"id": live.id, "restock": restock, "reason": "CUSTOMER", "note": None}
        calls.change(_CANCEL, "orderCancel", _Anything, asked)
