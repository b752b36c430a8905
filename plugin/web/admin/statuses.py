"""Which statuses of its own a shop gives to orders that have arrived: shown to everybody, set by managers."""

from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.ids import ShopId
from plugin.domain.shop import Role
from plugin.domain.shop_statuses import NoSuchStatus
from plugin.usecases.name_statuses import name_statuses
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import may, page, see, words
from plugin.web.deps import deps
from plugin.web.problems import error_text, status_of


def show(shop: str) -> Response:
    """The page of one shop."""
    return _render(ShopId(shop))


def save(shop: str) -> Response:
    """Keep them; what is no such status is told at the field, and stays in it."""
    here = require(Role.MANAGER)
    text = request.form.get("statuses", "")
    try:
        name_statuses(ShopId(shop), text, merchant=here.merchant, by=here.member, units=deps().units)
    except NoSuchStatus as refusal:
        return _render(ShopId(shop), text, error_text(words(), refusal.code), status_of(refusal))
    notices.leave("admin.statuses.saved")
    return see(url_for("admin.statuses", shop=shop))


def _render(
    shop: ShopId, typed: str | None = None, error: str | None = None, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    with deps().units.read(presence().merchant) as unit:
        here = unit.shops.get(shop)
    shown = ", ".join(here.delivered_statuses) if typed is None else typed
    return page("statuses.html", status, shop=here, typed=shown, error=error, may_change=may(Role.MANAGER))
