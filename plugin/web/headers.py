"""Security headers on every answer: strict CSP, no sniffing, no referrer leak, no framing unless a page says so.

A page that is made for one answer names each of its scripts with a `nonce`, and its policy lets nothing else run
(CSP Level 3, section 8.2). A page that caches keep has the same bytes for everybody, and so no nonce: it runs files of
ours. No page has a script or a style of its own in either.
"""

import secrets
from collections.abc import Callable, Iterable

from flask import Flask, Response, g

from plugin.domain.shop_domain import ShopDomain

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FRAMING_OWN = f"{_CSP}; frame-src 'self'"
"""The policy of a page that frames another of ours."""
_FRAMES = "frame-ancestors"
_SCRIPTS = "script-src 'self'"
_NONCE_BYTES = 16
_APP_BRIDGE = "https://cdn.shopify.com/shopifycloud/"
"""Shopify's script for pages inside its admin, which has to come from there: the one exception there is."""
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_TRANSPORT = "max-age=31536000; includeSubDomains"


Headers = list[tuple[str, str]]
Missing = Callable[[Iterable[tuple[str, str]]], Headers]
"""From the headers an answer has, those it has to get."""


def nonce() -> str:
    """What the page that is being made calls its scripts by: the same one all through it, and in no other answer."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(_NONCE_BYTES)
    said: str = g.nonce
    return said


def framed_by_shop(policy: str | None, shop: ShopDomain, *, is_inside: bool = False) -> str:
    """A page's policy, or the usual one, inside the admin of one shop: framed there, and with Shopify's script.

    `is_inside`: it stands in a frame of a page of ours, which stands in the shop's admin.
    """
    parts = [part.strip() for part in (policy or _CSP).split(";") if part.strip()]
    parts = [f"{_SCRIPTS} {_APP_BRIDGE}" if part == _SCRIPTS else part for part in parts]
    kept = [part for part in parts if not part.startswith(_FRAMES)]
    ours = " 'self'" if is_inside else ""
    return "; ".join([*kept, f"{_FRAMES}{ours} {shop.url} https://admin.shopify.com"])


def secure(app: Flask, *, is_https: bool) -> Missing:
    """Add the headers to every answer of `app`; a view's own value wins. Who answers in its stead adds them too."""
    headers = _HEADERS | ({"Strict-Transport-Security": _TRANSPORT} if is_https else {})
    lowered = [(name.lower(), (name, value)) for name, value in headers.items()]

    def missing(present: Iterable[tuple[str, str]]) -> Headers:
        given = {name.lower() for name, _ in present}  # one pass: looking each up costs every answer 10 µs
        return [header for name, header in lowered if name not in given]

    def add(response: Response) -> Response:
        response.headers.extend(missing(response.headers))
        if "nonce" in g:
            policy = response.headers["Content-Security-Policy"]
            response.headers["Content-Security-Policy"] = policy.replace(_SCRIPTS, f"script-src 'nonce-{g.nonce}'")
        return response

    app.after_request(add)
    app.jinja_env.globals["nonce"] = nonce
    return missing
