"""Returns in Shopify's own Returns API (Built for Shopify 5.12): opened, approved, declined and closed, each step once.

A return keeps no key. One of ours is found again by the mark in the notes of its lines, which only staff sees; a step
that was taken before is seen by the return's state (states recorded 2026-04).
"""

from collections import defaultdict
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, gid, mark, order_gid
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import Operation, mutation, query
from integrations.platforms.shopify.fields import tail
from plugin.domain.ids import LineId
from plugin.domain.order import FulfilledLine, Order, PlatformReturn
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import DeclineReason, Refusal, ReturnCommand

_RETURNS: Final = query("order_returns", "OrderReturns")
_RETURNABLE: Final = query("returnable", "ReturnableLines")
_REASONS: Final = query("return_reasons", "ReturnReasons")
_REQUEST: Final = mutation("return_request", "ReturnRequest")
_CREATE: Final = mutation("return_create", "ReturnCreate")
_APPROVE: Final = mutation("return_approve", "ReturnApprove")
_DECLINE: Final = mutation("return_decline", "ReturnDecline")
_CLOSE: Final = mutation("return_close", "ReturnClose")
_OTHER: Final = "other"
_LONGEST_NOTE: Final = 255
"""`returnReasonNote` and `customerNote` (schema 2026-10)."""


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


class _Returnable(msgspec.Struct, rename="camel"):
    quantity: int
    fulfillment_line_item: _Sent


class _ReturnableLines(msgspec.Struct):
    nodes: list[_Returnable]


class _Parcel(msgspec.Struct, rename="camel"):
    returnable_fulfillment_line_items: _ReturnableLines


class _Parcels(msgspec.Struct):
    nodes: list[_Parcel]


class _Fulfilments(msgspec.Struct, rename="camel"):
    returnable_fulfillments: _Parcels


class _Reason(msgspec.Struct):
    id: str
    handle: str


class _ReasonList(msgspec.Struct):
    nodes: list[_Reason]


class _Reasons(msgspec.Struct, rename="camel"):
    return_reason_definitions: _ReasonList


class _Moved(msgspec.Struct):
    return_: _Id = msgspec.field(name="return")


def open_return(calls: Calls, command: ReturnCommand, key: str) -> PlatformReturn:
    """The return as it is then, whether it was opened now or before."""
    known = _returns(calls, command.order)
    if made := next((each for each in known if _is_ours(each, key)), None):
        return _told(made)
    lines = [{**line, **_reason(calls, command, key)} for line in _fulfilled(calls, command)]
    asked: Json = {"orderId": order_gid(command.order), "returnLineItems": lines}
    if command.is_approved:
        moved = calls.change(_CREATE, "returnCreate", _Moved, {"input": asked})
    else:
        moved = calls.change(_REQUEST, "returnRequest", _Moved, {"input": asked})
    return _told(_one(calls, command.order, moved.return_.id))


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


def _step(
    calls: Calls, order: Order, return_id: str, states: tuple[str, str], step: tuple[Operation, str, Json]
) -> PlatformReturn:
    start, end = states
    known = _one(calls, order, gid("Return", return_id))
    if known.status not in states:
        raise Rejected(Refusal.WRONG_STATE, detail=known.status)
    if known.status == start:
        operation, root, variables = step
        calls.change(operation, root, _Moved, variables)
        known = _one(calls, order, known.id)
        if known.status != end:
            raise Rejected(Refusal.WRONG_STATE, detail=known.status)
    return _told(known)


def _returns(calls: Calls, order: Order) -> list[_Return]:
    found = calls.find(_RETURNS, _Found, id=order_gid(order)).order
    if found is None:
        raise Rejected(Refusal.UNKNOWN_ORDER)
    return found.returns.nodes


def _one(calls: Calls, order: Order, return_gid: str) -> _Return:
    for each in _returns(calls, order):
        if each.id == return_gid:
            return each
    raise Rejected(Refusal.UNKNOWN_ORDER, detail="no such return")


def _told(given: _Return) -> PlatformReturn:
    lines = [(line.fulfillment_line_item, line.quantity) for line in given.return_line_items.nodes]
    units = [FulfilledLine(LineId(tail(sent.line_item.id)), count) for sent, count in lines if sent]
    return PlatformReturn(tail(given.id), given.status.lower(), tuple(units))


def _is_ours(given: _Return, key: str) -> bool:
    notes = [f"{line.customer_note} {line.return_reason_note}" for line in given.return_line_items.nodes]
    return any(mark(key) in note for note in notes)


def _fulfilled(calls: Calls, command: ReturnCommand) -> list[Json]:
    """The units by the fulfilled lines they left in. Raises `Rejected` where they have not left, or are back."""
    found = calls.find(_RETURNABLE, _Fulfilments, order=order_gid(command.order)).returnable_fulfillments.nodes
    there: defaultdict[str, list[_Returnable]] = defaultdict(list)
    for parcel in found:
        for line in parcel.returnable_fulfillment_line_items.nodes:
            there[tail(line.fulfillment_line_item.line_item.id)].append(line)
    known = {line.id for line in command.order.lines}
    asked: list[Json] = []
    for units in command.units:
        rest = units.quantity
        for line in there[units.line]:
            count = min(rest, line.quantity)
            asked += [{"fulfillmentLineItemId": line.fulfillment_line_item.id, "quantity": count}] if count else []
            rest -= count
        if rest:
            raise Rejected(Refusal.MORE_THAN_LEFT if units.line in known else Refusal.UNKNOWN_LINE)
    return asked


def _reason(calls: Calls, command: ReturnCommand, key: str) -> Json:
    """The shopper's reason in words, under the shop's definition for any other; the mark last, whatever is cut off."""
    reasons = calls.find(_REASONS, _Reasons).return_reason_definitions.nodes
    definition = next((each.id for each in reasons if each.handle == _OTHER), None)
    if definition is None:
        raise Rejected(Refusal.INVALID, detail="the shop has no other reason")
    ours = f" ({mark(key)})"
    note = command.reason[: _LONGEST_NOTE - len(ours)] + ours
    name = "returnReasonNote" if command.is_approved else "customerNote"
    return {"returnReasonDefinitionId": definition, name: note}
