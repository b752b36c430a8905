"""Lines of a bulk operation's file put together to orders; and which orders the file says everything about.

A file cannot hold what lies behind a list (`orders_bulk.graphql` says why): lines and events of fulfilments, lines of
refunds, and returns. What it says of quantities proves the lines of an order's only fulfilment; of any other order only
the id is taken, and the order is read by itself.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from integrations.platforms.shopify.sync.grouped import Node, grouped
from plugin.domain.connection_faults import ShopUnreadable

_SILENT: Final = frozenset({None, "FULFILLED", "MARKED_AS_FULFILLED", "SUBMITTED"})
"""Displayed statuses behind which no carrier has reported anything (recorded 2026-04: FULFILLED, all dates null)."""
_NO_RETURN: Final = "NO_RETURN"
_SENT: Final = "SUCCESS"
_PAGE: Final = {"hasNextPage": False}
_LIST: Final = 50


@dataclass(frozen=True, slots=True)
class Found:
    """An order of the file: `record` as the translator reads it, None where the order has to be read by itself."""

    id: str
    record: bytes | None


def orders(lines: Iterable[bytes]) -> Iterator[Found]:
    """The file's orders. Raises `ShopUnreadable` where it is no such file or breaks off."""
    for order, inside in grouped(lines):
        items = [node for node in inside if "originalUnitPriceSet" in node]
        shipping = [node for node in inside if "originalUnitPriceSet" not in node]
        yield _found({**order, "lineItems": items, "shippingLines": shipping})


def _found(order: Node) -> Found:
    try:
        whole = _whole(order)
    except (KeyError, TypeError, AttributeError) as error:
        raise ShopUnreadable("a file of something else") from error
    return Found(order["id"], None if whole is None else json.dumps(whole, ensure_ascii=False).encode(errors="replace"))


def _whole(order: Node) -> Node | None:
    """The order as `order.graphql` selects it; None where the file leaves something open."""
    fulfilments = _fulfilments(order)
    is_long = len(order["transactions"]) >= _LIST
    if order["refunds"] or order["returnStatus"] != _NO_RETURN or fulfilments is None or is_long:
        return None
    return {
        **order,
        "lineItems": _page([_line(line) for line in order["lineItems"]]),
        "shippingLines": _page(order["shippingLines"]),
        "fulfillments": fulfilments,
        "returns": _page([]),
    }


def _line(line: Node) -> Node:
    """Collections are the product's own, and come with the catalogue."""
    product = line["product"]
    return {**line, "product": product and {**product, "collections": {"nodes": []}}}


def _fulfilments(order: Node) -> list[Node] | None:
    """None where lines or events are not known: only one fulfilment's can be told, and only from what was ordered."""
    entries = order["fulfillments"]
    if not entries:
        return [] if not (order["fulfillmentsCount"] or {"count": 0})["count"] else None
    sent = [_sent(line) for line in order["lineItems"]]
    if len(entries) > 1 or any(units is None for units in sent):
        return None
    (only,) = entries
    lines = [(line["id"], units) for line, units in zip(order["lineItems"], sent, strict=True) if units]
    if only["status"] != _SENT or not _is_silent(only) or sum(units for _, units in lines) != only["totalQuantity"]:
        return None
    content = [{"quantity": units, "lineItem": {"id": line}} for line, units in lines]
    return [{**only, "fulfillmentLineItems": _page(content), "events": _page([])}]


def _sent(line: Node) -> int | None:
    """Units that have left; None where units were taken out of the order, which may have left before."""
    quantity: int = line["quantity"]
    return quantity - int(line["unfulfilledQuantity"]) if line["currentQuantity"] == quantity else None


def _is_silent(fulfilment: Node) -> bool:
    """Whether it has no events, or none but the delivery, whose instant stands beside it."""
    status = fulfilment["displayStatus"]
    return status in _SILENT or (status == "DELIVERED" and fulfilment["deliveredAt"] is not None)


def _page(nodes: list[Node]) -> Node:
    return {"pageInfo": _PAGE, "nodes": nodes}
