"""Returns as Shopify keeps them; most webhooks of them are hints, so the return is read again."""

from collections.abc import Iterable, Iterator

from integrations.platforms.shopify import return_shapes as graphql
from integrations.platforms.shopify import webhook_shapes as webhook
from integrations.platforms.shopify.fields import key, kind, link, order_ref, tail, text
from integrations.platforms.shopify.pages import nodes
from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import FulfilledLine, Platform, PlatformReturn
from plugin.domain.return_parts import LineFee, ReturnDelivery
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
    """A return of our query, wherever it was made; a line added without a fulfilment belongs to no line of ours."""
    lines = [(of, line) for line in nodes(given.return_line_items, "returns.returnLineItems") if (of := _of(line))]
    return PlatformReturn(
        id=tail(given.id),
        status=given.status.lower(),
        lines=tuple(FulfilledLine(of, line.quantity) for of, line in lines),
        handled=tuple(FulfilledLine(of, line.processed_quantity) for of, line in lines if line.processed_quantity),
        deliveries=tuple(
            _delivery(each)
            for order in given.reverse_fulfillment_orders.nodes
            for each in order.reverse_deliveries.nodes
        ),
        shipping_fee=_sum(given.return_shipping_fees),
        restocking_fees=tuple(_line_fees(lines)),
    )


def _of(line: graphql.ReturnLine) -> LineId | None:
    sent = line.fulfillment_line_item
    return None if sent is None else LineId(tail(sent.line_item.id))


def _line_fees(lines: Iterable[tuple[LineId, graphql.ReturnLine]]) -> Iterator[LineFee]:
    for of, line in lines:
        if line.restocking_fee is not None:
            yield LineFee(of, _shown(line.restocking_fee))


def _shown(fee: graphql.Fee) -> Money:
    shown = fee.amount_set.presentment_money
    return Money.parse(shown.amount, shown.currency_code)


def _sum(fees: list[graphql.Fee]) -> Money | None:
    amounts = [_shown(fee) for fee in fees]
    return sum(amounts[1:], amounts[0]) if amounts else None


def _delivery(given: graphql.ReverseDelivery) -> ReturnDelivery:
    what = given.deliverable
    tracking, label = (what.tracking, what.label) if what else (None, None)
    return ReturnDelivery(
        id=tail(given.id),
        number=text(tracking.number) if tracking else None,
        url=link(tracking.url) if tracking else None,
        label=link(label.public_file_url) if label else None,
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
