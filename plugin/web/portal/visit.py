"""Who is at the shopper's pages, in which language, and how a page of theirs is answered.

Nothing here sets or reads a cookie: addresses carry short-lived tokens (docs/decisions/2026-11-22-claim-portal.md).
"""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, render_template, request, url_for

from plugin.domain.shop import Shop
from plugin.domain.shopper_session import ShopperSession
from plugin.i18n import CLAIM_LANGUAGES, Catalogue, catalogue, negotiate
from plugin.usecases.prove_shopper import read_session
from plugin.usecases.quote_policy import known_shop
from plugin.web.deps import deps

_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a page of a shop, its token read; `chosen` is the language somebody asked for in the address."""

    shop: Shop
    words: Catalogue
    chosen: str | None

    def address(self, endpoint: str, **parts: object) -> str:
        """The address of another page of the shop, in the language chosen so far."""
        return url_for(f"portal.{endpoint}", shop_key=self.shop.key, lang=self.chosen, **parts)  # type: ignore[arg-type]  # Flask's own loose signature

    def page(self, template: str, status: HTTPStatus = HTTPStatus.OK, /, **facts: object) -> Response:
        """A whole page that nobody keeps; `template` is below templates/portal/."""
        html = render_template(
            f"portal/{template}",
            t=self.words.text,
            words=self.words,
            shop=self.shop,
            to=self.address,
            **facts,
        )
        headers = {**_HEADERS, "Content-Language": self.words.language, "Vary": "Accept-Language"}
        return Response(html, status, headers=headers, content_type="text/html; charset=utf-8")

    def see(self, endpoint: str, **parts: object) -> Response:
        """Send the browser on after a change, so that reloading repeats nothing."""
        return self.redirect(self.address(endpoint, **parts))

    def redirect(self, address: str) -> Response:
        """Send the browser to an address of ours."""
        return Response(status=HTTPStatus.SEE_OTHER, headers={**_HEADERS, "Location": address})


def visit(shop_key: str, language: str | None = None) -> Visit:
    """The visit; `language` where nobody chose one and the browser says nothing. Raises `UnknownShop`."""
    shop = known_shop(typed(shop_key, 200), deps().directory)
    chosen = request.args.get("lang") or None
    known = negotiate(chosen, None, among=CLAIM_LANGUAGES, otherwise="") or None
    accepted = request.headers.get("Accept-Language")
    spoken = negotiate(known, accepted, among=CLAIM_LANGUAGES, otherwise=language or "en")
    return Visit(shop, catalogue(spoken), known)


def session_of(at: Visit, token: str) -> ShopperSession:
    """What the token in the address opens. Raises `NoSuchPage`."""
    needs = deps()
    return read_session(needs.secrets, at.shop.id, token, needs.clock.now())


def typed(text: str, most: int) -> str:
    """What somebody typed on one line, without what cannot be printed."""
    return "".join(letter for letter in text if letter.isprintable()).strip()[:most]


def written(text: str, most: int) -> str:
    """What somebody wrote, lines kept, without any other control character."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter.isprintable() or letter == "\n").strip()[:most]
