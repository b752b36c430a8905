"""A Shopify shop's own address for its shoppers' pages (`/apps/aftersales/...`): the same pages, signed by Shopify.

Shopify asks us for what somebody opens there and hands on what we answer. It signs the address, not the body, and takes
cookies out both ways; so the pages know nobody but by what is in their forms and addresses, here as at home. Who the
store has signed in (`logged_in_customer_id`) opens nothing: no other site can then act for them with a form of its own,
and signed-in shoppers have their account's pages, which Built for Shopify 5.12 wants returns to come from.

Source: shopify.dev, "About app proxies", "Authenticate app proxies" (2026-10).
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_plus

from flask import Flask, Response, render_template, request

from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.i18n import CLAIM_LANGUAGES, catalogue, negotiate
from plugin.ports.shopify_identity import ProxyCaller
from plugin.web.deps import deps_of
from plugin.web.own_path import is_own_path
from plugin.web.proxied import FLAG, is_proxied

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH: Final = "/proxy/shopify"
"""Where Shopify asks us (`[app_proxy]` of shopify.app.toml)."""
_SHOPIFYS: Final = frozenset({"shop", "path_prefix", "timestamp", "signature", "logged_in_customer_id", "hmac"})
_NOT_OURS: Final = (
    "HTTP_COOKIE",
    "HTTP_AUTHORIZATION",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PREFIX",
)
_NOT_THEIRS: Final = frozenset({"set-cookie", "strict-transport-security"})
"""What an answer of ours must not say in the name of the shop's own address."""
_METHODS: Final = frozenset({"GET", "HEAD", "POST"})


class ShopProxy:
    """A WSGI application in front of `app`; `hops` is how many proxies of the operator's stand in front of it."""

    def __init__(self, app: "WSGIApplication", flask: Flask, hops: int) -> None:
        self._app = app
        self._flask = flask
        self._hops = hops

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Show the page to whom Shopify asks for; what is not asked through a shop is the application's."""
        path = environ.get("PATH_INFO", "")
        at = deps_of(self._flask)
        if at.shopify is None or not (path == PATH or path.startswith(f"{PATH}/")):
            return self._app(environ, start_response)
        caller = at.shopify.callers.in_store(environ.get("QUERY_STRING", ""), at.clock.now())
        if caller is None:
            return _refused(HTTPStatus.UNAUTHORIZED, start_response)
        if environ["REQUEST_METHOD"] not in _METHODS:
            return _refused(HTTPStatus.METHOD_NOT_ALLOWED, start_response)
        shop = at.directory.shop_by_address(Platform.SHOPIFY, caller.shop.name)
        inner = _inner_path(path.removeprefix(PATH), shop) if shop else None
        if inner is None:
            return _refused(HTTPStatus.NOT_FOUND, start_response)
        return self._app(self._asked(environ, caller, inner), _within(start_response))

    def _asked(self, environ: "WSGIEnvironment", caller: ProxyCaller, inner: str) -> "WSGIEnvironment":
        """The request as the page knows it: mounted where the shop shows it, without what Shopify added."""
        kept = {name: value for name, value in environ.items() if name not in _NOT_OURS}
        query = "&".join(part for part in environ.get("QUERY_STRING", "").split("&") if _name(part) not in _SHOPIFYS)
        asked = {"SCRIPT_NAME": caller.prefix, "PATH_INFO": inner, "QUERY_STRING": query, FLAG: True}
        return {**kept, **asked, "REMOTE_ADDR": self._visitor(environ)}

    def _visitor(self, environ: "WSGIEnvironment") -> str:
        """Who asked Shopify, as Shopify says in the one entry that nobody behind it can have written."""
        said = [each.strip() for each in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if each.strip()]
        known = str(environ.get("REMOTE_ADDR", ""))
        return said[-1 - self._hops] if len(said) > self._hops else known


def install(app: Flask, hops: int) -> None:
    """Take what comes through shops' own addresses in front of `app`."""
    app.after_request(_go_on)
    app.wsgi_app = ShopProxy(app.wsgi_app, app, hops)  # type: ignore[method-assign]  # Flask's own way to wrap it


def _inner_path(rest: str, shop: Shop) -> str | None:
    """The page of this shop that is meant: by our own path, which names no other, or by the part after its key."""
    own = f"/s/{shop.key}"
    if rest.startswith("/static/"):
        return rest
    if rest.startswith("/s/"):
        return rest if rest == own or rest.startswith(f"{own}/") else None
    return f"{own}{rest.rstrip('/')}" or None


def _go_on(answer: Response) -> Response:
    """A page that leads on, in the place of a redirect: whether Shopify follows one itself is not documented.

    One that leads out of the shop's address leads nowhere.
    """
    where = answer.headers.get("Location")
    if where is None or not is_proxied():
        return answer
    if not (is_own_path(where) and where.startswith(f"{request.script_root}/")):
        return Response("Not found\n", HTTPStatus.NOT_FOUND, mimetype="text/plain")
    spoken = negotiate(request.values.get("lang"), request.headers.get("Accept-Language"), among=CLAIM_LANGUAGES)
    words = catalogue(spoken)
    page = Response(render_template("aftersales/on.html", t=words.text, words=words, where=where))
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "no-referrer"
    return page


def _within(start_response: "StartResponse") -> Callable[..., Any]:
    """Leave out of an answer what would be said in the name of the shop's own address."""

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:  # noqa: ANN401 - WSGI's own
        return start_response(status, [each for each in headers if each[0].lower() not in _NOT_THEIRS], *rest)

    return start


def _refused(status: HTTPStatus, start_response: "StartResponse") -> Iterable[bytes]:
    body = f"{status.phrase}\n".encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]
    headers += [("Content-Length", str(len(body))), ("X-Content-Type-Options", "nosniff")]
    start_response(f"{status.value} {status.phrase}", headers)
    return (body,)


def _name(part: str) -> str:
    return unquote_plus(part.partition("=")[0])
