"""Orders: the list with search and filters, one order with its entitlements and their why, "delivered on"."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any, cast

from flask import Response, request, url_for

from plugin.domain.errors import DomainError, Invalid
from plugin.domain.ids import OrderId, ShopId
from plugin.domain.order import OrderLine, Standing, deliveries_of
from plugin.domain.shop import Role
from plugin.i18n import Catalogue
from plugin.ports.views import OrderQuery
from plugin.usecases.mark_delivered import Delivery, mark_delivered, unmark_delivered
from plugin.usecases.quote_entitlements import Quote, quote_entitlements
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import page, see, words
from plugin.web.deps import deps
from plugin.web.problems import error_text
from plugin.wording.panel import WordedLine, clock_lines

_PAGE = 50
_FILTERS = ("q", "shop", "standing")


def index() -> Response:
    """One page of the orders that match, newest first."""
    return _index()


def _index(error: str | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    here, at, said = presence(), deps(), words()
    query = _query()
    found = at.views.orders(here.merchant, query, request.args.get("cursor"), _PAGE, at.clock.now())
    with at.units.read(here.merchant) as unit:
        shops = {str(shop.id): shop.name for shop in unit.shops.all()}
    return page(
        "orders.html",
        status,
        rows=found.rows,
        query=query,
        is_filtered=query != OrderQuery(),
        chips=_chips(query, shops, said),
        shop_choices=list(shops.items()),
        standing_choices=[(standing.value, said.text(f"admin.standing.{standing}")) for standing in Standing],
        previous_href=_page_href(found.previous_cursor),
        next_href=_page_href(found.next_cursor),
        today=at.clock.now().date().isoformat(),
        notice=_notice(said),
        error=error,
    )


def show(order: str) -> Response:
    """One order: what its shopper is entitled to, line by line, until when, and why."""
    here, at = presence(), deps()
    quote = quote_entitlements(OrderId(order), merchant=here.merchant, units=at.units, law=at.law)
    return _show(quote)


def _show(quote: Quote, error: str | None = None, status: HTTPStatus = HTTPStatus.OK) -> Response:
    said, at = words(), deps()
    return page(
        "order.html",
        status,
        stored=quote.stored,
        order=quote.stored.order,
        lines=_lines(quote, said),
        deliveries=[moment for f in quote.stored.order.fulfilments if (moment := deliveries_of(f))],
        policy=quote.policy,
        rulebook=at.law.rulebook.version,
        today=at.clock.now().date().isoformat(),
        notice=request.args.get("notice"),
        error=error,
    )


def mark(order: str) -> Response:
    """Set one order delivered on a day."""
    here, at = require(Role.AGENT), deps()
    try:
        delivery = Delivery(OrderId(order), _day())
        mark_delivered([delivery], merchant=here.merchant, by=here.member.id, units=at.units, now=at.clock.now())
    except Invalid as fault:
        quote = quote_entitlements(OrderId(order), merchant=here.merchant, units=at.units, law=at.law)
        return _show(quote, error_text(words(), fault.code), HTTPStatus.UNPROCESSABLE_ENTITY)
    return see(url_for("admin.order", order=order, notice="marked"))


def unmark(order: str) -> Response:
    """Take the mark back."""
    here = require(Role.AGENT)
    unmark_delivered([OrderId(order)], merchant=here.merchant, units=deps().units)
    return see(url_for("admin.order", order=order, notice="unmarked"))


def mark_many() -> Response:
    """Set the chosen orders delivered on a day; all of them, or none."""
    here, at = require(Role.AGENT), deps()
    chosen = [OrderId(order) for order in request.form.getlist("order")]
    try:
        deliveries = [Delivery(order, _day()) for order in chosen]
        mark_delivered(deliveries, merchant=here.merchant, by=here.member.id, units=at.units, now=at.clock.now())
    except Invalid as fault:
        return _index(_fault(fault), HTTPStatus.UNPROCESSABLE_ENTITY)
    return see(url_for("admin.orders", marked=len(chosen)))


def _fault(fault: DomainError) -> str:
    order = fault.facts.get("order")
    text = error_text(words(), fault.code)
    return f"{order}: {text}" if order else text


def _day() -> date:
    try:
        return date.fromisoformat(request.form.get("on", ""))
    except ValueError as error:
        raise Invalid({"field": "on"}) from error


def _query() -> OrderQuery:
    standing = request.args.get("standing") or None
    if standing is not None and standing not in set(Standing):
        raise Invalid({"field": "standing"})
    return OrderQuery(
        text=request.args.get("q", "").strip()[:200],
        shop=ShopId(request.args["shop"]) if request.args.get("shop") else None,
        standing=Standing(standing) if standing else None,
    )


def _chips(query: OrderQuery, shops: Mapping[str, str], said: Catalogue) -> list[tuple[str, str]]:
    """Each filter in force, with the address of the list without it."""
    texts = {
        "q": query.text,
        "shop": shops.get(str(query.shop), "") if query.shop else "",
        "standing": said.text(f"admin.standing.{query.standing}") if query.standing else "",
    }
    return [(text, _href({name: None})) for name, text in texts.items() if text]


def _page_href(cursor: str | None) -> str | None:
    return _href({"cursor": cursor}) if cursor else None


def _href(changes: Mapping[str, str | None]) -> str:
    kept = {name: request.args.get(name) or None for name in _FILTERS}
    return url_for("admin.orders", **cast("dict[str, Any]", {**kept, **changes}))


def _notice(said: Catalogue) -> str | None:
    marked = request.args.get("marked", type=int)
    return said.text("admin.orders.marked", count=marked) if marked else None


def _lines(quote: Quote, said: Catalogue) -> list[tuple[OrderLine, tuple[WordedLine, ...]]]:
    """Each line of the order with its clocks in words."""
    now = deps().clock.now()
    return [
        (bought, clock_lines(line, said, now))
        for bought, line in zip(quote.stored.order.lines, quote.lines, strict=True)
    ]
