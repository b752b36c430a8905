"""What of an order can still come back, by the parcels it left in, and why: what a return is made of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, order_gid
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import query
from integrations.platforms.shopify.fields import tail
from integrations.platforms.shopify.reading import Amount
from plugin.domain.ids import LineId
from plugin.domain.order import Order
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal, Units

_RETURNABLE: Final = query("returnable", "ReturnableLines")
_REASONS: Final = query("return_reasons", "ReturnReasons")
_OTHER: Final = "other-reason"
"""The handle of the definition for any other reason (recorded 2026-04)."""
_LONGEST_NOTE: Final = 255
"""`returnReasonNote` and `customerNote` (schema 2026-10)."""


class _Shown(msgspec.Struct):
    amount: Amount


class _Price(msgspec.Struct, rename="camel"):
    presentment_money: _Shown


class _Line(msgspec.Struct, rename="camel"):
    id: str
    price: _Price = msgspec.field(name="discountedUnitPriceAfterAllDiscountsSet")


class _Sent(msgspec.Struct, rename="camel"):
    id: str
    line_item: _Line


class _Returnable(msgspec.Struct, rename="camel"):
    quantity: int
    fulfillment_line_item: _Sent


class _Lines(msgspec.Struct):
    nodes: list[_Returnable]


class _Parcel(msgspec.Struct, rename="camel"):
    returnable_fulfillment_line_items: _Lines


class _Parcels(msgspec.Struct):
    nodes: list[_Parcel]


class _Found(msgspec.Struct, rename="camel"):
    returnable_fulfillments: _Parcels


class _Reason(msgspec.Struct):
    id: str
    handle: str


class _ReasonList(msgspec.Struct):
    nodes: list[_Reason]


class _Reasons(msgspec.Struct, rename="camel"):
    return_reason_definitions: _ReasonList


@dataclass(frozen=True, slots=True)
class Returning:
    """Units of a line that left in one parcel and are to come back; `price` of one, as the shopper paid it."""

    line: LineId
    sent: str
    quantity: int
    price: Decimal

    @property
    def asked(self) -> Json:
        """The line of a return."""
        return {"fulfillmentLineItemId": self.sent, "quantity": self.quantity}


def fulfilled(calls: Calls, order: Order, units: Sequence[Units]) -> list[Returning]:
    """The units by the parcels they left in. Raises `Rejected` where they have not left, or are back."""
    there = _there(calls, order)
    known = {line.id for line in order.lines}
    asked: list[Returning] = []
    for each in units:
        rest = each.quantity
        for line in there[each.line]:
            count, sent = min(rest, line.quantity), line.fulfillment_line_item
            price = Decimal(sent.line_item.price.presentment_money.amount)
            asked += [Returning(each.line, sent.id, count, price)] if count else []
            rest -= count
        if rest:
            raise Rejected(Refusal.MORE_THAN_LEFT if each.line in known else Refusal.UNKNOWN_LINE)
    return asked


def sent_lines(calls: Calls, order: Order, units: Sequence[Units]) -> list[Json]:
    """The same, as lines of a return without fees."""
    return [line.asked for line in fulfilled(calls, order, units)]


def reason_of(calls: Calls, words: str, mark: str, name: str = "returnReasonNote") -> Json:
    """The reason in words, under the shop's definition for any other; the mark last, whatever is cut off.

    `name`: the note it goes into, which for a request is the shopper's (`customerNote`).
    """
    reasons = calls.find(_REASONS, _Reasons).return_reason_definitions.nodes
    definition = next((each.id for each in reasons if each.handle == _OTHER), None)
    if definition is None:
        raise Rejected(Refusal.INVALID, detail="the shop has no other reason")
    ours = f" ({mark})"
    return {"returnReasonDefinitionId": definition, name: words[: _LONGEST_NOTE - len(ours)] + ours}


def _there(calls: Calls, order: Order) -> defaultdict[str, list[_Returnable]]:
    found = calls.find(_RETURNABLE, _Found, order=order_gid(order)).returnable_fulfillments.nodes
    there: defaultdict[str, list[_Returnable]] = defaultdict(list)
    for parcel in found:
        for line in parcel.returnable_fulfillment_line_items.nodes:
            there[tail(line.fulfillment_line_item.line_item.id)].append(line)
    return there
