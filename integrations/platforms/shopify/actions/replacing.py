"""The same goods again, free of charge: a draft order at 100 % off, completed. What it is stands in its tags.

Drafts take no key (Admin API 2026-10). Tags pass from a draft to its order (recorded 2026-07), so the order that comes
back is known by them. Before anything is made the newest drafts are looked at, and those an index finds by the tag.
A draft that cannot be completed is deleted: whoever completed it later would send goods that something else was given
for.
"""

from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls, order_gid
from integrations.platforms.shopify.actions.stock import Variant, check_stock
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import mutation, query
from integrations.platforms.shopify.fields import tail
from integrations.platforms.shopify.own_orders import CLAIM_LINE, REPLACEMENT, key_tag, tag_for
from plugin.domain.order import Order
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import OrderReceipt, Refusal, Units

_AGAIN: Final = query("order_again", "OrderAgain")
_MADE: Final = query("drafts_made", "DraftsMade")
_CREATE: Final = mutation("draft_create", "DraftCreate")
_COMPLETE: Final = mutation("draft_complete", "DraftComplete")
_DELETE: Final = mutation("draft_delete", "DraftDelete")
_NOT_READY, _SOON = "draft_not_ready", 5.0
"""A draft that Shopify still works on, and the seconds after which it is looked at again."""
_FREE: Final[Json] = {"value": 100.0, "valueType": "PERCENTAGE", "title": "Replacement"}


class _Made(msgspec.Struct):
    id: str
    name: str


class _Draft(msgspec.Struct):
    id: str
    ready: bool
    tags: list[str] = []
    order: _Made | None = None


class _Drafts(msgspec.Struct):
    nodes: list[_Draft]


class _Found(msgspec.Struct):
    newest: _Drafts
    tagged: _Drafts


class _Anything(msgspec.Struct):
    pass


class _Completed(msgspec.Struct):
    order: _Made | None


class _CompletedDraft(msgspec.Struct, rename="camel"):
    draft_order: _Completed


class _Answer(msgspec.Struct, rename="camel"):
    draft_order: _Draft


class _Id(msgspec.Struct):
    id: str


class _Address(msgspec.Struct, rename="camel", omit_defaults=True):
    first_name: str | None = None
    last_name: str | None = None
    company: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    zip: str | None = None
    province_code: str | None = None
    country_code: str | None = msgspec.field(name="countryCodeV2", default=None)
    phone: str | None = None


class _Attribute(msgspec.Struct):
    key: str
    value: str | None


class _Line(msgspec.Struct, rename="camel"):
    id: str
    quantity: int
    custom_attributes: list[_Attribute]
    variant: Variant | None


class _Lines(msgspec.Struct):
    nodes: list[_Line]


class _Order(msgspec.Struct, rename="camel"):
    presentment_currency_code: str
    customer: _Id | None
    shipping_address: _Address | None
    line_items: _Lines


class _Known(msgspec.Struct):
    order: _Order | None


def create_replacement_order(calls: Calls, order: Order, units: tuple[Units, ...], key: str) -> OrderReceipt:
    """The new order's receipt, whether it was made now or before; a draft is gone on with."""
    draft = _found(calls, key) or _drafted(calls, order, units, key)
    made = draft.order or _completed(calls, draft, key)
    return OrderReceipt(tail(made.id), made.name.removeprefix("#"))


def _found(calls: Calls, key: str) -> _Draft | None:
    tag = key_tag(key)
    found = calls.find(_MADE, _Found, tag=f"tag:{tag}")
    return next((each for each in [*found.newest.nodes, *found.tagged.nodes] if tag in each.tags), None)


def _completed(calls: Calls, draft: _Draft, key: str) -> _Made:
    """The order; one that somebody completed in the meantime is refused a second time, and looked up."""
    if not draft.ready:
        raise Unavailable(_NOT_READY, _SOON)
    try:
        made = calls.change(_COMPLETE, "draftOrderComplete", _CompletedDraft, {"id": draft.id}).draft_order.order
    except Rejected as refusal:
        again = _found(calls, key)
        if again and again.order:
            return again.order
        _delete(calls, draft, refusal)
        raise
    if made is None:
        raise Rejected(Refusal.WRONG_STATE, detail="completed without an order")
    return made


def _delete(calls: Calls, draft: _Draft, refusal: Rejected) -> None:
    """So that nobody completes it. Raises `Rejected` (`in_doubt`) where it has to stay: a person looks at it first."""
    try:
        calls.change(_DELETE, "draftOrderDelete", _Anything, {"input": {"id": draft.id}})
    except Rejected as error:
        detail = f"{refusal.detail}; the draft is still there: {error.detail}"
        raise Rejected(Refusal.IN_DOUBT, detail=detail) from refusal


def _drafted(calls: Calls, order: Order, units: tuple[Units, ...], key: str) -> _Draft:
    live = calls.find(_AGAIN, _Known, id=order_gid(order)).order
    if live is None:
        raise Rejected(Refusal.UNKNOWN_ORDER)
    lines = _checked(live, units)
    if live.shipping_address is None:
        raise Rejected(Refusal.NOT_SUPPORTED, detail="the address is not there, or withheld")
    input_: Json = {
        "lineItems": lines,
        "appliedDiscount": _FREE,
        "tags": [REPLACEMENT, key_tag(key), tag_for(order.ref.external_id)],
        "customAttributes": [{"key": CLAIM_LINE, "value": key}],
        "presentmentCurrencyCode": live.presentment_currency_code,
        "shippingAddress": _written(live.shipping_address),
    }
    if live.customer:
        input_["purchasingEntity"] = {"customerId": live.customer.id}
    return calls.change(_CREATE, "draftOrderCreate", _Answer, {"input": input_}).draft_order


def _checked(live: _Order, units: tuple[Units, ...]) -> list[Json]:
    """The lines to draft. Raises `Rejected`: units that were not ordered, or goods that cannot be had now."""
    known = {tail(line.id): line for line in live.line_items.nodes}
    if not units or any(unit.line not in known for unit in units):
        raise Rejected(Refusal.UNKNOWN_LINE)
    found: list[Variant] = []
    wanted: dict[str, int] = {}
    for unit in units:
        variant = known[unit.line].variant
        if variant is None or not 1 <= unit.quantity <= known[unit.line].quantity:
            raise Rejected(Refusal.MORE_THAN_LEFT, detail=f"line {unit.line}")
        found.append(variant)
        wanted[tail(variant.id)] = wanted.get(tail(variant.id), 0) + unit.quantity
    check_stock(found, wanted)
    return [_line(known[unit.line], unit.quantity) for unit in units]


def _line(line: _Line, quantity: int) -> Json:
    """The variant again, with what was chosen and typed in for it."""
    typed = [{"key": each.key, "value": each.value or ""} for each in line.custom_attributes]
    return {"variantId": line.variant.id if line.variant else None, "quantity": quantity, "customAttributes": typed}


def _written(address: _Address) -> Json:
    """As an input: the country's code has another name there."""
    known: Json = msgspec.to_builtins(address)
    country = known.pop("countryCodeV2", None)
    return {**known, "countryCode": country} if country else known
