"""A return as Shopify has it now: what we tell the port of it, and the ids its steps are made of."""

from collections.abc import Iterator
from typing import Final

import msgspec

from integrations.platforms.shopify import return_shapes as graphql
from integrations.platforms.shopify.actions.calls import Calls, gid, order_gid, told
from integrations.platforms.shopify.documents import query
from integrations.platforms.shopify.fields import tail
from integrations.platforms.shopify.returns import graphql_return
from plugin.domain.ids import LineId
from plugin.domain.order import Order, PlatformReturn
from plugin.ports.errors import Rejected, Unreadable
from plugin.ports.platform_actions import Refusal

_RETURN: Final = query("return", "ReturnById")


class Node(msgspec.Struct, frozen=True):
    """Something known by its id."""

    id: str


class SoldLine(msgspec.Struct, frozen=True):
    """A line of the order; one without a variant is a custom line, which no stock knows."""

    id: str
    variant: Node | None = None


class SentLine(msgspec.Struct, frozen=True, rename="camel"):
    """Units of it that left in one parcel."""

    id: str
    line_item: SoldLine

    @property
    def line(self) -> LineId:
        """The order's line."""
        return LineId(tail(self.line_item.id))


class KeptLine(msgspec.Struct, frozen=True, rename="camel"):
    """A line of the return."""

    id: str
    quantity: int
    processed_quantity: int
    unprocessed_quantity: int
    fulfillment_line_item: SentLine | None = None


class Disposition(msgspec.Struct, frozen=True):
    """What became of some units."""

    type: str
    quantity: int


class BackLine(msgspec.Struct, frozen=True, rename="camel"):
    """Units that are to come back."""

    id: str
    total_quantity: int
    dispositions: list[Disposition]
    fulfillment_line_item: SentLine | None

    @property
    def undisposed(self) -> int:
        """Units nobody has said the end of."""
        return self.total_quantity - sum(each.quantity for each in self.dispositions)


class BackLines(msgspec.Struct, frozen=True):
    """Lines of one place."""

    nodes: list[BackLine]


class ParcelLine(msgspec.Struct, frozen=True, rename="camel"):
    """Units in a parcel on its way back."""

    quantity: int
    of: Node = msgspec.field(name="reverseFulfillmentOrderLineItem")


class ParcelLines(msgspec.Struct, frozen=True):
    """Lines of one parcel."""

    nodes: list[ParcelLine]


class Parcel(msgspec.Struct, frozen=True, rename="camel"):
    """A parcel on its way back."""

    id: str
    reverse_delivery_line_items: ParcelLines
    deliverable: graphql.Deliverable | None

    @property
    def holds(self) -> frozenset[tuple[str, int]]:
        """Lines that come back, with units."""
        return frozenset((line.of.id, line.quantity) for line in self.reverse_delivery_line_items.nodes)


class Parcels(msgspec.Struct, frozen=True):
    """Parcels to one place."""

    nodes: list[Parcel]


class BackOrder(msgspec.Struct, frozen=True, rename="camel"):
    """What comes back to one place."""

    id: str
    line_items: BackLines
    reverse_deliveries: Parcels


class _BackOrders(msgspec.Struct, frozen=True):
    nodes: list[BackOrder]


class _Lines(msgspec.Struct, frozen=True):
    nodes: list[KeptLine]


class Kept(msgspec.Struct, frozen=True, rename="camel"):
    """The return; `OPEN` ones take steps."""

    id: str
    status: str
    order: Node
    return_line_items: _Lines
    reverse_fulfillment_orders: _BackOrders

    @property
    def back(self) -> list[BackOrder]:
        """What comes back, by place."""
        return self.reverse_fulfillment_orders.nodes

    def lines(self, of: LineId) -> Iterator[KeptLine]:
        """Its lines of one line of the order."""
        for line in self.return_line_items.nodes:
            if line.fulfillment_line_item is not None and line.fulfillment_line_item.line == of:
                yield line

    def back_lines(self, of: LineId) -> Iterator[BackLine]:
        """What comes back of one line of the order."""
        for order in self.back:
            for line in order.line_items.nodes:
                if line.fulfillment_line_item is not None and line.fulfillment_line_item.line == of:
                    yield line


class _Found(msgspec.Struct):
    return_: Kept | None = msgspec.field(name="return")


class _Told(msgspec.Struct):
    return_: graphql.Return | None = msgspec.field(name="return")


def kept(calls: Calls, order: Order, return_id: str) -> tuple[Kept, PlatformReturn]:
    """The return as it is, for us and as told. Raises `Rejected` (`unknown_order`) for one of no or another order."""
    with told():
        reply = calls.client.ask(_RETURN, {"id": gid("Return", return_id)})
        found, shown = reply.read(_Found).return_, reply.read(_Told).return_
    if found is None or shown is None or found.order.id != order_gid(order):
        raise Rejected(Refusal.UNKNOWN_ORDER, detail="no such return of the order")
    try:
        return found, graphql_return(shown)
    except Unreadable as error:
        raise Rejected(Refusal.INVALID, detail=f"{error.code}: {error.field}") from error


def open_one(calls: Calls, order: Order, return_id: str) -> Kept:
    """The return, which has to be open. Raises `Rejected` (`wrong_state`)."""
    found, _ = kept(calls, order, return_id)
    if found.status != "OPEN":
        raise Rejected(Refusal.WRONG_STATE, detail=found.status)
    return found
