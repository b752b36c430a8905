"""Parcels on their way back: each with its label and its number on the return it belongs to, once.

Shopify keeps no key for a parcel: one of ours is known by holding exactly the units it is to hold, among several of
those by number or label, and is corrected where it says something else (`reverseDeliveryShippingUpdate`; what is not
named stays, recorded 2026-04).
"""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from integrations.platforms.shopify.actions.calls import Calls
from integrations.platforms.shopify.actions.return_kept import BackOrder, Kept, Parcel, kept, open_one
from integrations.platforms.shopify.admin_api.answers import Json
from integrations.platforms.shopify.documents import mutation
from plugin.domain.order import Order, PlatformReturn
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Refusal, Units
from plugin.ports.platform_returns import Travel

_CREATE: Final = mutation("reverse_delivery_create", "ReverseDeliveryCreate")
_UPDATE: Final = mutation("reverse_delivery_update", "ReverseDeliveryUpdate")


class _Anything(msgspec.Struct):
    pass


def send_back(calls: Calls, order: Order, return_id: str, units: tuple[Units, ...], travel: Travel) -> PlatformReturn:
    """The return with a parcel of these units that travels so. Raises `Rejected` (`wrong_state`, `more_than_left`)."""
    found = open_one(calls, order, return_id)
    for back, lines in _by_place(found, units):
        holding = frozenset((line["reverseFulfillmentOrderLineItemId"], line["quantity"]) for line in lines)
        made = _known([each for each in back.reverse_deliveries.nodes if each.holds == holding], travel)
        if made is None:
            asked: Json = {"order": back.id, "lines": lines, "notify": False, **_said(travel, None)}
            calls.change(_CREATE, "reverseDeliveryCreateWithShipping", _Anything, asked)
        elif said := _said(travel, made):
            asked = {"delivery": made.id, "notify": False, **said}
            calls.change(_UPDATE, "reverseDeliveryShippingUpdate", _Anything, asked)
    return kept(calls, order, return_id)[1]


def _by_place(found: Kept, units: tuple[Units, ...]) -> Iterator[tuple[BackOrder, list[Json]]]:
    """The units by the place they go to, as many as are to come back there."""
    rest = {each.line: each.quantity for each in units}
    for back in found.back:
        lines: list[Json] = []
        for line in back.line_items.nodes:
            sent = line.fulfillment_line_item
            count = min(rest.get(sent.line, 0), line.total_quantity) if sent else 0
            if sent and count:
                rest[sent.line] -= count
                lines.append({"reverseFulfillmentOrderLineItemId": line.id, "quantity": count})
        if lines:
            yield back, lines
    if any(rest.values()):
        raise Rejected(Refusal.MORE_THAN_LEFT)


def _known(same: Sequence[Parcel], travel: Travel) -> Parcel | None:
    """The parcel, of those that hold its units."""
    shown = [(each, *_shown(each)) for each in same]
    mine = [(each, number, label) for each, number, _, label in shown if travel.may_be(number, label)]
    named = [each for each, number, label in mine if travel.is_known_by(number, label)]
    return next(iter((*named, *(each for each, _, _ in mine))), None)


def _said(travel: Travel, known: Parcel | None) -> Json:
    """What is not on the parcel yet."""
    number, url, label = _shown(known) if known else (None, None, None)
    said: Json = {}
    if travel.number and (travel.number, travel.url or url) != (number, url):
        said["tracking"] = {"number": travel.number}
        if travel.url or url:  # the address of the old number, unless it is said to be none
            said["tracking"]["url"] = travel.url
    if travel.label and travel.label != label:
        said["label"] = {"fileUrl": travel.label}
    return said


def _shown(known: Parcel) -> tuple[str | None, str | None, str | None]:
    """Number, its address, label."""
    what = known.deliverable
    tracking, label = (what.tracking, what.label) if what else (None, None)
    number, url = (tracking.number, tracking.url) if tracking else (None, None)
    return number, url, label.public_file_url if label else None
