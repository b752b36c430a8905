"""The list of parcels: search by number, order or address, filters as chips in the address, keyset pages."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, cast

from flask import Response, request, url_for

from plugin.domain.errors import Invalid
from plugin.domain.ids import ShopId
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.carriers import known_carriers, name_of_carrier
from plugin.domain.tracking.shipment import Purpose
from plugin.domain.tracking.told import meaning
from plugin.i18n import Catalogue
from plugin.ports.shipment_views import ShipmentQuery, ShipmentRow
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import page, words
from plugin.web.deps import deps

PAGE: Final = 50
FILTERS: Final = ("q", "shop", "state", "way", "carrier", "to", "attention")
_S: Final = DeliveryStatus
TONES: Final = {
    **dict.fromkeys((_S.DELIVERED, _S.RETURNED), "good"),
    **dict.fromkeys((_S.PICKUP_READY, _S.CUSTOMS, _S.RETURNING), "warn"),
    **dict.fromkeys((_S.FAILED_ATTEMPT, _S.EXCEPTION, _S.LOST, _S.EXPIRED), "bad"),
}
"""What is no reason to look is neutral."""


def index() -> Response:
    """One page of the parcels that match, newest first."""
    here, at, said = presence(), deps(), words()
    query = _query()
    found = at.views.shipments(here.merchant, query, request.args.get("cursor"), PAGE)
    with at.units.read(here.merchant) as unit:
        shops = {str(shop.id): shop.name for shop in unit.shops.all()}
    return page(
        "shipments.html",
        rows=found.rows,
        query=query,
        chips=_chips(query, shops, said),
        shop_choices=list(shops.items()),
        state_choices=[(each.value, said.text(f"tracking.state.{each.value}")) for each in DeliveryStatus],
        way_choices=[(each.value, said.text(f"shipments.way.{each.value}")) for each in Purpose],
        carrier_choices=sorted(known_carriers().items(), key=lambda each: each[1].casefold()),
        country_choices=_countries(said),
        state_of=lambda row: state_word(row, said),
        tone_of=lambda row: TONES.get(row.status, "neutral"),
        carrier_of=carrier_name,
        is_late=lambda row: is_late(row, at.clock.now().date()),
        attention_href=list_href(attention="1"),
        previous_href=_page_href(found.previous_cursor),
        next_href=_page_href(found.next_cursor),
    )


def state_word(row: ShipmentRow, said: Catalogue) -> str:
    """Where it is, in the words its shopper reads."""
    return said.text(f"tracking.state.{meaning(row.status, row.purpose).value}")


def carrier_name(slug: str | None) -> str | None:
    """What people call a carrier; the slug itself where we know no name."""
    return (name_of_carrier(slug) or slug) if slug else None


def is_late(row: ShipmentRow, today: date) -> bool:
    """Whether it is still awaited and its last day is over."""
    is_over = row.status in {_S.DELIVERED, _S.RETURNED, _S.RETURNING, _S.LOST}
    return row.expected_last is not None and not is_over and row.expected_last < today


def list_href(endpoint: str = "admin.shipments", **changed: str | None) -> str:
    """An address with the filters of this request, some of them changed (None: left out)."""
    kept = {name: request.args.get(name) or None for name in FILTERS}
    return url_for(endpoint, **cast("dict[str, Any]", {**kept, **changed}))


def _query() -> ShipmentQuery:
    args = request.args
    try:
        return ShipmentQuery(
            text=args.get("q", "").strip()[:200],
            shop=ShopId(args["shop"]) if args.get("shop") else None,
            status=DeliveryStatus(args["state"]) if args.get("state") else None,
            purpose=Purpose(args["way"]) if args.get("way") else None,
            carrier=args.get("carrier") or None,
            destination=args.get("to", "").upper()[:2] or None,
            needs_attention=bool(args.get("attention")),
        )
    except ValueError as error:
        raise Invalid({"field": "state"}) from error


def _chips(query: ShipmentQuery, shops: Mapping[str, str], said: Catalogue) -> list[tuple[str, str]]:
    """Each filter in force, with the address of the list without it."""
    texts = {
        "q": query.text,
        "shop": shops.get(str(query.shop), said.text("admin.orders.unknown_shop")) if query.shop else "",
        "state": said.text(f"tracking.state.{query.status.value}") if query.status else "",
        "way": said.text(f"shipments.way.{query.purpose.value}") if query.purpose else "",
        "carrier": carrier_name(query.carrier) or "",
        "to": said.country(query.destination) if query.destination else "",
        "attention": said.text("shipments.attention") if query.needs_attention else "",
    }
    return [(text, list_href("admin.shipments", **{name: None})) for name, text in texts.items() if text]


def _countries(said: Catalogue) -> list[tuple[str, str]]:
    """Where parcels go to whose law is known, by name."""
    codes = [code for code in deps().law.rulebook.jurisdictions if "-" not in code]
    return sorted(((code, said.country(code)) for code in codes), key=lambda each: each[1])


def _page_href(cursor: str | None) -> str | None:
    return list_href(cursor=cursor) if cursor else None
