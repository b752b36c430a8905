"""Keep goods from leaving: a hold on the work of sending them, which the merchant sees with its reason and may lift.

A hold and not an edit of the order: an edit changes what the order comes to, and the money is a refund's to move. The
hold's handle is the command's mark: Shopify takes each handle once for one piece of work (recorded 2026-04). Units that
are held become work of their own, so what is held already is seen by the handle.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, order_gid
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import mutation, query
from integrations.platforms.shopify.fields import tail
from integrations.platforms.shopify.own_orders import key_tag
from plugin.domain.order import Order
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal, Units

_WORK: Final = query("fulfilment_orders", "FulfilmentOrders")
_HOLD: Final = mutation("fulfilment_hold", "FulfilmentHold")
_HELD: Final = "ON_HOLD"
_CAN_HOLD: Final = "HOLD"
_NOTE: Final = "Aftercare: the shopper has withdrawn from these goods."


class _Id(msgspec.Struct):
    id: str


class _Line(msgspec.Struct, rename="camel"):
    id: str
    remaining_quantity: int
    line_item: _Id


class _Lines(msgspec.Struct):
    nodes: list[_Line]


class _Action(msgspec.Struct):
    action: str


class _Hold(msgspec.Struct, rename="camel"):
    handle: str | None
    held_by_requesting_app: bool


class _Work(msgspec.Struct, rename="camel"):
    id: str
    status: str
    supported_actions: list[_Action]
    fulfillment_holds: list[_Hold]
    line_items: _Lines

    def bears(self, handle: str) -> bool:
        """Whether it is held by this command."""
        return any(each.handle == handle and each.held_by_requesting_app for each in self.fulfillment_holds)

    def holdable(self) -> bool:
        """Whether it can be held; of what is on hold already no part can be taken (recorded 2026-04)."""
        return self.status != _HELD and any(each.action == _CAN_HOLD for each in self.supported_actions)


class _WorkList(msgspec.Struct):
    nodes: list[_Work]


class _Order(msgspec.Struct, rename="camel"):
    fulfillment_orders: _WorkList


class _Found(msgspec.Struct):
    order: _Order | None


class _Anything(msgspec.Struct):
    pass


def cancel_fulfilment(calls: Calls, order: Order, units: tuple[Units, ...], key: str) -> None:
    """Hold these units. What others hold already does not leave either; raises `Rejected` for what is on its way."""
    found = calls.find(_WORK, _Found, id=order_gid(order)).order
    if found is None:
        raise Rejected(Refusal.UNKNOWN_ORDER)
    work, handle = found.fulfillment_orders.nodes, key_tag(key)
    wanted = Counter[str]()
    for unit in units:
        wanted[unit.line] += unit.quantity
    for each in work:
        if each.bears(handle):
            wanted -= Counter({tail(line.line_item.id): line.remaining_quantity for line in each.line_items.nodes})
    plan = [(each, list(_taken(each, wanted))) for each in work if each.holdable()]
    _rest_is_held(work, handle, wanted)
    for each, lines in plan:
        if lines:
            hold = {"reason": "OTHER", "reasonNotes": _NOTE, "handle": handle, "notifyMerchant": True}
            asked: Json = {"id": each.id, "hold": {**hold, "fulfillmentOrderLineItems": lines}}
            calls.change(_HOLD, "fulfillmentOrderHold", _Anything, asked)


def _taken(work: _Work, wanted: Counter[str]) -> Iterator[Json]:
    """What of this work is to be held; it is wanted no more."""
    for line in work.line_items.nodes:
        name = tail(line.line_item.id)
        quantity = min(wanted[name], line.remaining_quantity)
        if quantity > 0:
            wanted[name] -= quantity
            yield {"id": line.id, "quantity": quantity}


def _rest_is_held(work: list[_Work], handle: str, wanted: Counter[str]) -> None:
    """Nothing is done by halves: raises `Rejected` before the first hold where some units can no longer be kept."""
    others = Counter[str]()
    for each in work:
        if each.status == _HELD and not each.bears(handle):
            for line in each.line_items.nodes:
                others[tail(line.line_item.id)] += line.remaining_quantity
    if +(wanted - others):
        raise Rejected(Refusal.WRONG_STATE, detail="on its way, or work that our access does not show")
