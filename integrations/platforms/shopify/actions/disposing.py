"""What became of the goods: on sale again, not, or never in the parcel; and goods put on sale without a return.

Shopify adds each disposition to those there are and keeps no key, so that what is there is read first. Goods go back
into the stock they were sent from. A custom line is in no stock and cannot be restocked (recorded 2026-04): its goods
are said to be not restocked.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, order_gid
from integrations.platforms.shopify.actions.return_kept import BackLine, Kept, kept, open_one
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import mutation, query
from plugin.domain.ids import LineId
from plugin.domain.order import Order, PlatformReturn
from plugin.domain.returning.outcome import Outcome
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal
from plugin.ports.platform_returns import Disposed

_DISPOSE: Final = mutation("reverse_dispose", "ReverseDispose")
_FROM: Final = query("fulfilled_from", "FulfilledFrom")


class _Place(msgspec.Struct, rename="camel"):
    id: str
    is_active: bool


class _Line(msgspec.Struct):
    id: str


class _Lines(msgspec.Struct):
    nodes: list[_Line]


class _Fulfilment(msgspec.Struct, rename="camel"):
    location: _Place | None
    fulfillment_line_items: _Lines


class _Order(msgspec.Struct):
    fulfillments: list[_Fulfilment]


class _Found(msgspec.Struct):
    order: _Order | None


class _Anything(msgspec.Struct):
    pass


def dispose(calls: Calls, order: Order, return_id: str, disposed: tuple[Disposed, ...]) -> PlatformReturn:
    """The return with at least so many units said to have ended so. Raises `Rejected` (`more_than_left`, ...)."""
    found = open_one(calls, order, return_id)
    asked = list(_missing(found, disposed))
    places = _places(calls, order) if any(outcome is Outcome.RESTOCKED for _, _, outcome in asked) else {}
    for back in found.back:
        here = {line.id for line in back.line_items.nodes}
        inputs = [_input(line, count, outcome, places) for line, count, outcome in asked if line.id in here]
        if inputs:
            calls.change(_DISPOSE, "reverseFulfillmentOrderDispose", _Anything, {"inputs": inputs})
    return kept(calls, order, return_id)[1]


def _missing(found: Kept, disposed: tuple[Disposed, ...]) -> Iterator[tuple[BackLine, int, Outcome]]:
    """What has yet to be said, line by line of what comes back."""
    free = {line.id: line.undisposed for back in found.back for line in back.line_items.nodes}
    for (of, outcome), count in _wanted(found, disposed).items():
        lines = list(found.back_lines(of))
        said = sum(each.quantity for line in lines for each in line.dispositions if each.type == outcome.upper())
        rest = count - said
        for line in lines:
            share = min(rest, free[line.id])
            if share > 0:
                rest -= share
                free[line.id] -= share
                yield line, share, outcome
        if rest > 0:
            raise Rejected(Refusal.MORE_THAN_LEFT)


def _wanted(found: Kept, disposed: tuple[Disposed, ...]) -> Counter[tuple[LineId, Outcome]]:
    wanted = Counter[tuple[LineId, Outcome]]()
    for each in disposed:
        is_custom = all(_is_custom(line) for line in found.back_lines(each.line))
        is_kept_out = each.outcome is Outcome.RESTOCKED and is_custom
        wanted[each.line, Outcome.NOT_RESTOCKED if is_kept_out else each.outcome] += each.quantity
    return wanted


def _is_custom(line: BackLine) -> bool:
    sent = line.fulfillment_line_item
    return sent is None or sent.line_item.variant is None


def _places(calls: Calls, order: Order) -> dict[str, str]:
    """Where each fulfilled line left from, as far as goods can still go there."""
    found = calls.find(_FROM, _Found, id=order_gid(order)).order
    parcels = found.fulfillments if found else []
    active = [(each.location, each) for each in parcels if each.location and each.location.is_active]
    return {line.id: place.id for place, parcel in active for line in parcel.fulfillment_line_items.nodes}


def _input(line: BackLine, count: int, outcome: Outcome, places: dict[str, str]) -> Json:
    asked: Json = {"reverseFulfillmentOrderLineItemId": line.id, "quantity": count, "dispositionType": outcome.upper()}
    if outcome is not Outcome.RESTOCKED:
        return asked
    sent = line.fulfillment_line_item
    place = places.get(sent.id) if sent else None
    if place is None:
        raise Rejected(Refusal.NOT_SUPPORTED, detail="the goods were sent from no stock that takes them back")
    return {**asked, "locationId": place}
