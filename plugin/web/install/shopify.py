"""Installs that begin outside Shopify's admin: the authorization-code grant (shopify.dev, 2026-10).

Shopify sends a browser here with a signed address; it is sent on to the shop's page that grants access, comes back with
a code, and the code is exchanged for tokens. Nobody types a shop, and nothing in an address decides where to go next.
"""

from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from plugin.domain.connection_faults import ShopFault
from plugin.domain.shop_domain import ShopDomain
from plugin.ports.shopify_app import ShopifyApp
from plugin.ports.shopify_identity import InstallCaller
from plugin.usecases.shopify import install_state
from plugin.usecases.shopify.take_in_shop import InstallMeans, take_in_shop
from plugin.web.deps import deps

_NOTE: Final = "aftercare_install"
_PATH: Final = "/install/shopify"
_STRANGER: Final = "This address is not Shopify's, or it has run out. Open the app from your shop's admin."
_ANOTHER: Final = "This install was begun in another browser, or too long ago. Open the app from your shop's admin."
_NOT_NOW: Final = "Shopify did not grant access. Open the app from your shop's admin in a minute."

blueprint = Blueprint("install_shopify", __name__, url_prefix=_PATH)


def app_of_ours() -> ShopifyApp:
    """The app at Shopify; 404 where this installation is none."""
    app = deps().shopify
    if app is None:
        raise NotFound
    return app


def begin() -> AnyResponse:
    """Send the browser to the shop's page that grants access."""
    app, at = app_of_ours(), deps()
    caller, now = _caller(app), at.clock.now()
    if caller is None:
        return _plain(HTTPStatus.UNAUTHORIZED, _STRANGER)
    nonce, note = install_state.begin(caller.shop, at.secrets, now)
    back = current_app.config["BASE_URL"] + url_for("install_shopify.come_back")
    answer = _sent_to(app.tokens.page(caller.shop, nonce, back))
    answer.set_cookie(
        _NOTE,
        note,
        max_age=int(install_state.HOLDS.total_seconds()),
        path=_PATH,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return answer


def come_back() -> AnyResponse:
    """Take the shop in and send the browser to the app inside the shop's admin; the note is used up either way."""
    app = app_of_ours()
    caller = _caller(app)
    answer = _taken(app, caller) if caller else _plain(HTTPStatus.UNAUTHORIZED, _STRANGER)
    answer.delete_cookie(_NOTE, path=_PATH)
    return answer


def _taken(app: ShopifyApp, caller: InstallCaller) -> AnyResponse:
    at, now, told = deps(), deps().clock.now(), caller.parameters
    note = request.cookies.get(_NOTE, "")
    if not install_state.is_ours(note, told.get("state", ""), caller.shop, at.secrets, now):
        return _plain(HTTPStatus.FORBIDDEN, _ANOTHER)
    try:
        grant = app.tokens.redeem(caller.shop, told.get("code", ""), now)
    except ShopFault:
        return _plain(HTTPStatus.BAD_GATEWAY, _NOT_NOW)
    take_in_shop(caller.shop, grant, InstallMeans(at.directory, at.units, at.ids, at.secrets), now)
    return _sent_to(home_in_admin(caller.shop, app))


def home_in_admin(shop: ShopDomain, app: ShopifyApp) -> str:
    """Where the app shows inside the shop's admin."""
    return f"{shop.url}/admin/apps/{app.callers.client_id}"


def _caller(app: ShopifyApp) -> InstallCaller | None:
    return app.callers.installing(request.query_string.decode("ascii", "replace"), deps().clock.now())


def _sent_to(url: str) -> AnyResponse:
    answer = redirect(url, HTTPStatus.FOUND)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _plain(status: HTTPStatus, text: str) -> AnyResponse:
    return Response(text + "\n", status.value, mimetype="text/plain", headers={"Cache-Control": "no-store"})


blueprint.add_url_rule("", "begin", begin, methods=["GET"], strict_slashes=False)
blueprint.add_url_rule("/callback", "come_back", come_back, methods=["GET"])
