"""The carrier's delivery scan, played: the webhooks Shopify would send go into the real inbox for the worker.

WooCommerce reports no deliveries, so its orders have no such button.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from flask import Response

from plugin.domain.deliveries import deliveries, deliveries_of
from plugin.domain.errors import Conflict
from plugin.domain.order import Order, Platform, Standing
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.ports.platform import Message
from plugin.usecases.accept_delivery import accept_delivery
from plugin.web.demo.pages import see
from plugin.web.demo.shopify_bodies import delivery_event, fulfilment
from plugin.web.demo.shops import brand, quote_of
from plugin.web.demo.visit import visit
from plugin.web.deps import deps

_CREATED = "fulfillment_events/create"
_DELETED = "fulfillment_events/delete"
_SENT = "fulfillments/create"


class NothingToScan(Conflict):
    """The order has no parcel that could be scanned now."""

    code = "nothing_to_scan"


@dataclass(frozen=True, slots=True)
class ScanState:
    """A scan that was sent: `is_applied` once the worker has taken it from the inbox."""

    is_applied: bool


def offer(stored: StoredOrder) -> str | None:
    """What can be played: `deliver`, `send` (and deliver), `withdraw`; `unreported` where no platform would tell."""
    order = stored.order
    if order.standing is not Standing.PLACED or stored.is_gone:
        return None
    if order.ref.platform is not Platform.SHOPIFY:
        return None if stored.marks or deliveries(order) else "unreported"
    if not order.fulfilments:
        return "send"
    if any(deliveries_of(fulfilment) is None for fulfilment in order.fulfilments):
        return "deliver"
    return "withdraw" if _last_scan(order) else None


def scan_state(stored: StoredOrder, event: str | None) -> ScanState | None:
    """How far a scan (by its event id; with a minus, its withdrawal) has come; None when none was sent."""
    if not event:
        return None
    known = {entry.id for fulfilment in stored.order.fulfilments for entry in fulfilment.events}
    return ScanState(event[1:] not in known if event.startswith("-") else event in known)


def deliver(order: str) -> Response:
    """Send the scan: into the inbox, where it waits for the worker."""
    quote, shop = quote_of(order, brand())
    stored, now = quote.stored, deps().clock.now()
    kind = offer(stored)
    if kind not in {"send", "deliver"}:
        raise NothingToScan
    parcel = _number(f"parcel of {order}") if kind == "send" else _waiting_parcel(stored.order)
    event = _number(f"scan of {parcel}")
    if kind == "send":
        _post(_SENT, fulfilment(stored.order, parcel, now), f"{parcel}", shop, now)
    _post(_CREATED, delivery_event(stored.order, parcel, event, now - timedelta(seconds=1)), f"{event}", shop, now)
    return see(visit().to("order", order=order, scan=str(event)) + "#scan")


def withdraw(order: str) -> Response:
    """Take the last scan back, as a carrier does who scanned the wrong parcel."""
    quote, shop = quote_of(order, brand())
    found = _last_scan(quote.stored.order)
    if found is None:
        raise NothingToScan
    parcel, event = found
    now = deps().clock.now()
    _post(_DELETED, delivery_event(quote.stored.order, int(parcel), int(event), now), f"{event}", shop, now)
    return see(visit().to("order", order=order, scan=f"-{event}") + "#scan")


def _post(topic: str, body: dict[str, object], key: str, shop: Shop, now: datetime) -> None:
    """The message as the platform's webhook would bring it; the same one waiting already is not doubled."""
    headers = {"X-Shopify-Topic": topic, "X-Shopify-Event-Id": key}
    message = Message(topic, json.dumps(body).encode(), headers)
    accept_delivery(message, f"demo-{topic}-{key}", shop=shop, units=deps().units, ids=deps().ids, now=now)


def _number(name: str) -> int:
    """A platform's id for something played; the same each time, so that pressing twice sends one message twice."""
    return 1 + crc32(name.encode())


def _waiting_parcel(order: Order) -> int:
    return next(int(f.id) for f in order.fulfilments if deliveries_of(f) is None)


def _last_scan(order: Order) -> tuple[str, str] | None:
    """Parcel and event id of a delivery scan that can be named, the latest first."""
    scans = [
        (entry.moment.at, fulfilment.id, entry.id)
        for fulfilment in order.fulfilments
        for entry in fulfilment.events
        if entry.id and entry.id.isdecimal() and entry.status.value == "delivered" and fulfilment.id.isdecimal()
    ]
    return max(scans)[1:] if scans else None
