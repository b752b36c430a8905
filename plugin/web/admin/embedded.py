"""The same pages inside Shopify's admin: a session token with each request says who is there; no cookie is used.

A document has the token in its address, a script's request in a header, both put there by Shopify's App Bridge. Without
a good one a document is sent to a page that has App Bridge reload it with a fresh token, and a script is told to ask
again. Answers equal those of Shopify's own library (shopifyapp 1.0.2), which a test holds them against. Files, and
frames inside our pages, which a browser loads by itself, have a pass instead.
"""

import re
from datetime import timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from flask import Response, g, redirect, request, url_for
from markupsafe import escape
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response as AnyResponse

from plugin.domain.connection_faults import ShopFault
from plugin.domain.order import Platform
from plugin.domain.shop import Session
from plugin.domain.shop_domain import ShopDomain
from plugin.i18n import DESK_LANGUAGES, negotiate
from plugin.ports.errors import Unavailable
from plugin.ports.shop_tokens import StaleSession
from plugin.ports.shopify_app import ShopifyApp
from plugin.usecases.resume_session import Presence
from plugin.usecases.shopify.admit_staff import Admitted, ShopLetGo, Visit, admit_staff
from plugin.usecases.shopify.take_in_shop import InstallMeans
from plugin.web import headers
from plugin.web.admin import passes
from plugin.web.admin.gone import let_go_page
from plugin.web.cookieless import bearer
from plugin.web.deps import deps
from plugin.web.own_path import is_own_path

BOUNCE: Final = "admin.bounce"
HOME: Final = "admin.home"
CONNECT: Final = "admin.connect_again"
GRANTED: Final = "admin.access_granted"
APP_BRIDGE: Final = "https://cdn.shopify.com/shopifycloud/app-bridge.js"
_SHOP: Final = "from_shop"
"""In links of embedded pages: no secret, it only tells whose frame a document without token is loaded in."""
_HOST: Final = "host"
_ADMIN: Final = re.compile(r"[A-Za-z0-9+/_-]{1,200}={0,2}", re.ASCII)
_TOKEN: Final = "id_token"  # noqa: S105 - the name of a parameter
_RELOAD: Final = "shopify-reload"
_AGAIN: Final = "X-Shopify-Retry-Invalid-Session-Request"
_LEAVES_AGAIN_AFTER: Final = timedelta(minutes=10)
"""Whoever was at the page that grants access, and granted nothing, is not sent there by each look at Home."""
_LINK: Final = f'<https://cdn.shopify.com>; rel="preconnect", <{APP_BRIDGE}>; rel="preload"; as="script"'


def arrive() -> AnyResponse | None:
    """Let in whom a session token names, or answer in their stead; None without either: this page is not embedded."""
    app, sent = deps().shopify, bearer()
    if app is None:
        return None
    if sent is not None:
        return _elsewhere() if _is_let_in(app, sent) else _unauthorised({_AGAIN: "1"})
    if request.method != "GET":
        return None
    if passes.PASS in request.args:
        return None if _has_pass(app) else _to_bounce()
    token = request.args.get(_TOKEN)
    if token and _is_let_in(app, token):
        return _elsewhere()
    return _to_bounce() if token or _frame() else None


def is_genuine() -> bool:
    """Whether a script's request comes from somebody in a shop's admin; who they are here is not looked up."""
    app, sent = deps().shopify, bearer()
    return app is not None and sent is not None and app.callers.in_admin(sent, deps().clock.now()) is not None


def bounce() -> AnyResponse:
    """A page that has App Bridge fetch a fresh token and load what was wanted: a page of ours, in a shop's frame."""
    app = deps().shopify
    if app is None:
        raise NotFound
    shops, wanted = request.args.getlist("shop"), request.args.getlist(_RELOAD)
    shop = ShopDomain.parse(shops[0]) if len(shops) == 1 else None
    if shop is None or len(wanted) != 1 or not is_own_path(wanted[0]):
        raise BadRequest
    script = f'<script data-api-key="{escape(app.callers.client_id)}" src="{APP_BRIDGE}"></script>'
    answer = Response(f'<!doctype html><html lang="en"><title>Aftercare</title>{script}</html>', mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    return _framed(answer, shop)


def leave(url: str) -> AnyResponse:
    """Have the whole window go to a page of Shopify's, out of the frame: it lets itself be framed by nobody."""
    script = f'<script src="/static/admin/leave.js" nonce="{headers.nonce()}" data-to="{escape(url)}"></script>'
    return Response(f'<!doctype html><html lang="en"><title>Aftercare</title>{script}</html>', mimetype="text/html")


def stay(_endpoint: str, values: dict[str, object]) -> None:
    """Have links of embedded pages say whose frame they are in, and in which admin.

    Where a browser keeps nothing for pages in frames, App Bridge knows the latter from the address alone.
    """
    if "embedded" in g:
        values.setdefault(_SHOP, g.embedded.name)
        host = request.args.get(_HOST, "")
        if _ADMIN.fullmatch(host):
            values.setdefault(_HOST, host)


def dress(answer: Response) -> Response:
    """Let the shop's admin frame what was asked for inside it, and nobody else."""
    if "embedded" not in g:
        return answer
    if request.endpoint in passes.FILES and "Content-Disposition" in answer.headers:
        how, _, rest = answer.headers["Content-Disposition"].partition(";")
        answer.headers["Content-Disposition"] = f"{how if how != 'inline' else 'attachment'};{rest}"
    return _framed(answer, g.embedded, is_inside=request.endpoint in passes.FRAMES)


def _framed(answer: Response, shop: ShopDomain, *, is_inside: bool = False) -> Response:
    policy = headers.framed_by_shop(answer.headers.get("Content-Security-Policy"), shop, is_inside=is_inside)
    answer.headers["Content-Security-Policy"] = policy
    if answer.mimetype == "text/html" and not is_inside:
        answer.headers["Link"] = _LINK
    return answer


def _has_pass(app: ShopifyApp) -> bool:
    """Whether the address itself lets its holder in: a file's or a frame's, of a shop and a person still here."""
    at, raw = deps(), request.query_string.decode("ascii", "replace")
    holder = passes.check(at.secrets, f"{request.path}?{raw}", at.clock.now())
    if holder is None or request.endpoint not in passes.FILES | passes.FRAMES:
        return False
    shop = at.directory.shop_by_address(Platform.SHOPIFY, holder.shop.name)
    if shop is None or shop.merchant != holder.merchant:
        return False
    with at.units.read(shop.merchant) as unit:
        member, token = unit.staff.get(holder.staff), unit.shop_tokens.get(shop.id)
        is_connected = unit.connections.get(shop.id) is not None
    if token is None or not is_connected or member.removed_at is not None:
        return False
    g.embedded, g.presence = holder.shop, _presence(Admitted(shop, member, token))
    g.app_bridge = app.callers.client_id
    return True


def _is_let_in(app: ShopifyApp, token: str) -> bool:
    """Whether the token names somebody; Shopify may still refuse it when it is exchanged."""
    at, now = deps(), deps().clock.now()
    caller = app.callers.in_admin(token, now)
    if caller is None:
        return False
    means = InstallMeans(at.directory, at.units, at.ids, at.secrets)
    g.embedded = caller.shop  # refusals show in the frame too
    is_home = request.endpoint == HOME and bearer() is None
    lacks = app.scopes.lacking if app.scopes is not None and is_home else None
    visit = Visit(connects=request.endpoint == CONNECT, renews=request.endpoint == GRANTED, lacks=lacks)
    try:
        found = admit_staff(caller, _language(), tokens=app.tokens, means=means, now=now, visit=visit)
    except StaleSession:
        del g.embedded
        return False
    except ShopLetGo as gone:
        g.let_go, g.app_bridge = gone, app.callers.client_id
        return True
    except ShopFault as fault:
        raise Unavailable(fault.code, fault.retry_after) from fault
    g.presence, g.app_bridge, g.admitted = _presence(found), app.callers.client_id, found
    return True


def _elsewhere() -> AnyResponse | None:
    """What is shown instead of the page: that the shop was let go, or Shopify's page that grants what is lacking."""
    if "let_go" in g:
        return let_go_page(g.let_go)
    app, found = deps().shopify, g.admitted
    is_home = request.endpoint == HOME and bearer() is None
    if not is_home or app is None or app.scopes is None or not app.scopes.lacking(found.token.grant.scopes):
        return None
    before = found.granted_before
    is_again = before is not None and deps().clock.now() - before < _LEAVES_AGAIN_AFTER
    return None if is_again else leave(app.scopes.page(g.embedded))


def _presence(found: Admitted) -> Presence:
    """As of a browser's session, which this has none of: it ends with the request."""
    now = deps().clock.now()
    fleeting = Session("", found.member.id, b"", created_at=now, last_seen_at=now, expires_at=now, agent="Shopify")
    return Presence(found.shop.merchant, found.member, fleeting)


def _language() -> str:
    return negotiate(request.args.get("locale"), request.headers.get("Accept-Language"), among=DESK_LANGUAGES)


def _frame() -> ShopDomain | None:
    """The shop whose frame a document says it is in: as our links put it, or as Shopify does."""
    told = request.args.get(_SHOP) or (request.args.get("shop") if request.args.get("embedded") == "1" else None)
    return ShopDomain.parse(told or "")


def _to_bounce() -> AnyResponse:
    kept = [part for part in request.query_string.decode("ascii", "replace").split("&") if part]
    kept = [part for part in kept if part.partition("=")[0] not in {_TOKEN, _RELOAD}]
    query = "&".join(kept)
    wanted = f"{request.path}?{query}" if query else request.path
    frame = _frame()
    if frame is not None and _SHOP in request.args:  # a link of ours, whose `shop` names one of the merchant's
        kept = [part for part in kept if part.partition("=")[0] != "shop"] + [f"shop={frame}"]
    kept.append(f"{_RELOAD}={quote(wanted, safe='')}")
    answer = redirect(f"{url_for(BOUNCE)}?{'&'.join(kept)}", HTTPStatus.FOUND)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _unauthorised(told: dict[str, str]) -> AnyResponse:
    said = {**told, "Cache-Control": "no-store"}
    return Response("Unauthorized", HTTPStatus.UNAUTHORIZED, said, mimetype="text/plain")
