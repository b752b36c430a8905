"""Orders: the list with search, filters as chips in the address, and keyset pages."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from flask import Response, request, url_for

from plugin.domain.errors import Invalid
from plugin.domain.ids import OrderId, ShopId
from plugin.domain.order import Standing
from plugin.i18n import Catalogue
from plugin.ports.views import OrderQuery
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import page, words
from plugin.web.deps import deps

PAGE = 50
_FILTERS = ("q", "shop", "standing")


def index() -> Response:
    """One page of the orders that match, newest first."""
    return render()


def render(
    error: str | None = None, chosen: tuple[OrderId, ...] = (), status: HTTPStatus = HTTPStatus.OK
) -> Response:  # fmt: skip
    """The list as the address asks for it; after a refusal with its reason and the rows that were chosen."""
    here, at, said = presence(), deps(), words()
    query = _query()
    found = at.views.orders(here.merchant, query, request.args.get("cursor"), PAGE, at.clock.now())
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
        mark_href=list_href("admin.mark_many", cursor=request.args.get("cursor")),
        today=request.form.get("on") or at.clock.now().date().isoformat(),
        chosen=chosen,
        error=error,
    )


def list_href(endpoint: str = "admin.orders", **changes: str | None) -> str:
    """An address with the filters of this request, some of them changed (None: left out)."""
    kept = {name: request.args.get(name) or None for name in _FILTERS}
    return url_for(endpoint, **cast("dict[str, Any]", {**kept, **changes}))


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
        "shop": shops.get(str(query.shop), said.text("admin.orders.unknown_shop")) if query.shop else "",
        "standing": said.text(f"admin.standing.{query.standing}") if query.standing else "",
    }
    return [(text, list_href("admin.orders", **{name: None})) for name, text in texts.items() if text]


def _page_href(cursor: str | None) -> str | None:
    return list_href(cursor=cursor) if cursor else None
