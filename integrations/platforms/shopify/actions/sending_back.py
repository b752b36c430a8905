"""Parcels on their way back: each with its label and its number on the return it belongs to, once.

Shopify keeps no key for a parcel: one of ours is known by holding exactly the units it is to hold, and is corrected
where it says something else (`reverseDeliveryShippingUpdate`; what is not named stays, recorded 2026-04).
"""

from collections.abc import Iterator
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
        made = next((each for each in back.reverse_deliveries.nodes if each.holds == holding), None)
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


def _said(travel: Travel, known: Parcel | None) -> Json:
    """What is not on the parcel yet."""
    what = known.deliverable if known else None
    number, url = (what.tracking.number, what.tracking.url) if what and what.tracking else (None, None)
    label = what.label.public_file_url if what and what.label else None
    said: Json = {}
    if travel.number and (travel.number, travel.url or url) != (number, url):
        said["tracking"] = {"number": travel.number, **({"url": travel.url} if travel.url else {})}
    if travel.label and travel.label != label:
        said["label"] = {"fileUrl": travel.label}
    return said
