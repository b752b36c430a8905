"""Returns in Shopify's own Returns API (Built for Shopify 5.12): from one state to the next, each step once.

A return keeps no key. One of ours is found again by the mark in the notes of its lines, which only staff sees; a step
that was taken before is seen by the return's state (states recorded 2026-04).
"""

import re
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, gid, mark, order_gid
from integrations.platforms.shopify.actions.return_fees import fee_of_line, shipping_fee
from integrations.platforms.shopify.actions.return_kept import kept
from integrations.platforms.shopify.actions.returnable import fulfilled, reason_of
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import Operation, mutation, query
from integrations.platforms.shopify.fields import tail
from plugin.domain.ids import LineId
from plugin.domain.order import FulfilledLine, Order, PlatformReturn
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import DeclineReason, Refusal, ReturnCommand
from plugin.ports.platform_returns import Maker, SeenReturn

_RETURNS: Final = query("order_returns", "OrderReturns")
_REQUEST: Final = mutation("return_request", "ReturnRequest")
_CREATE: Final = mutation("return_create", "ReturnCreate")
_APPROVE: Final = mutation("return_approve", "ReturnApprove")
_DECLINE: Final = mutation("return_decline", "ReturnDecline")
_CLOSE: Final = mutation("return_close", "ReturnClose")
_CANCEL: Final = mutation("return_cancel", "ReturnCancel")
_REOPEN: Final = mutation("return_reopen", "ReturnReopen")
_MARKED: Final = re.compile(r"\(Aftercare [0-9a-f]{12}\)")


class _Id(msgspec.Struct):
    id: str


class _Sent(msgspec.Struct, rename="camel"):
    line_item: _Id
    id: str = ""


class _Line(msgspec.Struct, rename="camel"):
    quantity: int
    customer_note: str | None = None
    return_reason_note: str | None = None
    fulfillment_line_item: _Sent | None = None


class _Lines(msgspec.Struct):
    nodes: list[_Line]


class _Return(msgspec.Struct, rename="camel"):
    id: str
    status: str
    return_line_items: _Lines


class _ReturnList(msgspec.Struct):
    nodes: list[_Return]


class _Order(msgspec.Struct):
    returns: _ReturnList


class _Found(msgspec.Struct):
    order: _Order | None


class _Moved(msgspec.Struct):
    return_: _Id = msgspec.field(name="return")


def open_return(calls: Calls, command: ReturnCommand, key: str) -> PlatformReturn:
    """The return as it is then, whether it was opened now or before."""
    known = _returns(calls, command.order)
    if made := next((each for each in known if _is_ours(each, key)), None):
        return kept(calls, command.order, tail(made.id))[1]
    reason = reason_of(calls, command.reason, mark(key), "returnReasonNote" if command.is_approved else "customerNote")
    fees, units = command.fees, {each.line: each.quantity for each in command.units}
    back = fulfilled(calls, command.order, command.units)
    lines = [{**line.asked, **fee_of_line(fees, line, units[line.line]), **reason} for line in back]
    asked: Json = {"orderId": order_gid(command.order), "returnLineItems": lines, **shipping_fee(fees)}
    if command.is_approved:
        moved = calls.change(_CREATE, "returnCreate", _Moved, {"input": asked})
    else:
        moved = calls.change(_REQUEST, "returnRequest", _Moved, {"input": asked})
    return kept(calls, command.order, tail(moved.return_.id))[1]


def returns_of(calls: Calls, order: Order, key: str) -> tuple[SeenReturn, ...]:
    """Every return of the order; the mark of another key is ours too."""
    return tuple(SeenReturn(_told(each), _maker(each, key)) for each in _returns(calls, order))


def approve(calls: Calls, order: Order, return_id: str) -> PlatformReturn:
    """From requested to open."""
    step = {"input": {"id": gid("Return", return_id), "notifyCustomer": False}}
    return _step(calls, order, return_id, ("REQUESTED", "OPEN"), (_APPROVE, "returnApproveRequest", step))


def decline(calls: Calls, order: Order, return_id: str, reason: DeclineReason) -> PlatformReturn:
    """From requested to declined; the shopper is told by us."""
    asked = {"id": gid("Return", return_id), "declineReason": reason.upper(), "notifyCustomer": False}
    step = (_DECLINE, "returnDeclineRequest", {"input": asked})
    return _step(calls, order, return_id, ("REQUESTED", "DECLINED"), step)


def close(calls: Calls, order: Order, return_id: str) -> PlatformReturn:
    """From open to closed."""
    step = (_CLOSE, "returnClose", {"id": gid("Return", return_id)})
    return _step(calls, order, return_id, ("OPEN", "CLOSED"), step)


def cancel(calls: Calls, order: Order, return_id: str) -> PlatformReturn:
    """From open to cancelled; the shopper is told by us."""
    step = (_CANCEL, "returnCancel", {"id": gid("Return", return_id)})
    return _step(calls, order, return_id, ("OPEN", "CANCELED"), step)


def reopen(calls: Calls, order: Order, return_id: str) -> PlatformReturn:
    """From closed to open."""
    step = (_REOPEN, "returnReopen", {"id": gid("Return", return_id)})
    return _step(calls, order, return_id, ("CLOSED", "OPEN"), step)


def _step(
    calls: Calls, order: Order, return_id: str, states: tuple[str, str], step: tuple[Operation, str, Json]
) -> PlatformReturn:
    start, end = states
    known, shown = kept(calls, order, return_id)
    if known.status not in states:
        raise Rejected(Refusal.WRONG_STATE, detail=known.status)
    if known.status == start:
        operation, root, variables = step
        calls.change(operation, root, _Moved, variables)
        known, shown = kept(calls, order, return_id)
        if known.status != end:
            raise Rejected(Refusal.WRONG_STATE, detail=known.status)
    return shown


def _returns(calls: Calls, order: Order) -> list[_Return]:
    found = calls.find(_RETURNS, _Found, id=order_gid(order)).order
    if found is None:
        raise Rejected(Refusal.UNKNOWN_ORDER)
    return found.returns.nodes


def _told(given: _Return) -> PlatformReturn:
    lines = [(line.fulfillment_line_item, line.quantity) for line in given.return_line_items.nodes]
    units = [FulfilledLine(LineId(tail(sent.line_item.id)), count) for sent, count in lines if sent]
    return PlatformReturn(tail(given.id), given.status.lower(), tuple(units))


def _notes(given: _Return) -> str:
    return " ".join(f"{line.customer_note} {line.return_reason_note}" for line in given.return_line_items.nodes)


def _is_ours(given: _Return, key: str) -> bool:
    return mark(key) in _notes(given)


def _maker(given: _Return, key: str) -> Maker:
    if _is_ours(given, key):
        return Maker.ASKER
    return Maker.US if _MARKED.search(_notes(given)) else Maker.ELSEWHERE
