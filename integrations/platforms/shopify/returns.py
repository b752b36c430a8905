"""Returns as Shopify keeps them; most webhooks of them are hints, so the return is read again."""

from integrations.platforms.shopify import graphql_shapes as graphql
from integrations.platforms.shopify import webhook_shapes as webhook
from integrations.platforms.shopify.fields import key, kind, order_ref, tail
from integrations.platforms.shopify.pages import nodes
from plugin.domain.ids import LineId
from plugin.domain.order import FulfilledLine, Platform, PlatformReturn
from plugin.domain.shop_events import Ignored, Reread, ReturnSeen, ShopEvent, Subject
from plugin.ports.errors import Unreadable

_RETURN = "Return"


def return_seen(given: webhook.Return) -> tuple[ShopEvent, ...]:
    """The return with its new status; read again where the body counts lines that it does not show."""
    lines = _lines(given.return_line_items)
    seen = ReturnSeen(order_ref(_order_id(given)), PlatformReturn(key(given), given.status.lower(), lines))
    if given.total_return_line_items is None or given.total_return_line_items == len(lines):
        return (seen,)
    return (seen, reread(key(given)))


def return_hint(given: webhook.ReturnHint) -> tuple[ShopEvent, ...]:
    """Which return to read again; a body that names none (`returns/process` is sent empty) is ignored."""
    if given.return_ is not None:
        return (reread(key(given.return_)),)
    gid = given.admin_graphql_api_id
    if gid is not None and kind(gid, "admin_graphql_api_id") == _RETURN:
        return (reread(tail(gid, "admin_graphql_api_id")),)
    return (Ignored("return_not_named", gid),)


def graphql_return(given: graphql.Return) -> PlatformReturn:
    """A return of our query; a line added without a fulfilment belongs to no line of the order."""
    lines = nodes(given.return_line_items, "returns.returnLineItems")
    return PlatformReturn(
        id=tail(given.id),
        status=given.status.lower(),
        lines=tuple(
            FulfilledLine(LineId(tail(line.fulfillment_line_item.line_item.id)), line.quantity)
            for line in lines
            if line.fulfillment_line_item is not None
        ),
    )


def reread(return_id: str) -> Reread:
    """Ask for the return's order (`OrderOfReturn` in order.graphql)."""
    return Reread(Subject.RETURN, Platform.SHOPIFY, return_id)


def _order_id(given: webhook.Return) -> str:
    if given.order is not None:
        return key(given.order)
    if given.order_id is None:
        raise Unreadable("missing_field", "order_id")
    return str(given.order_id)


def _lines(given: list[webhook.ReturnLine]) -> tuple[FulfilledLine, ...]:
    return tuple(
        FulfilledLine(LineId(key(line.fulfillment_line_item.line_item)), line.quantity)
        for line in given
        if line.quantity is not None and line.fulfillment_line_item and line.fulfillment_line_item.line_item
    )
