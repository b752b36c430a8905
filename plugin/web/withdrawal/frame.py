"""What every page of the function has: the reader's words, the shop, and that nobody keeps or follows it."""

import re
from http import HTTPStatus
from typing import Final

from flask import Response, render_template, request

from plugin.domain.errors import DomainError, NotFound
from plugin.domain.shop import Shop
from plugin.i18n import FALLBACK, WITHDRAWAL_LANGUAGES, Catalogue, catalogue, negotiate
from plugin.ports.declaration_letters import DeclarationLetters
from plugin.ports.errors import Unavailable
from plugin.usecases.quote_policy import known_shop
from plugin.web.deps import deps
from plugin.web.problems import error_text, status_of

_COUNTRY = re.compile(r"[A-Z]{2}")
_PRIVATE: Final = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


class WithdrawalOff(NotFound):
    """The shop's withdrawal function is switched off."""

    code = "withdrawal_off"


def here(shop_key: str) -> Shop:
    """The shop; raises `UnknownShop`."""
    return known_shop(shop_key, deps().directory)


def letters() -> DeclarationLetters:
    """The letters; raises `Unavailable` in a process that has none."""
    found = deps().declaration_letters
    if found is None:
        raise Unavailable("no letters of declarations")
    return found


def reader(otherwise: str = FALLBACK) -> Catalogue:
    """The words of the language asked for, else of the browser's, else of `otherwise`."""
    asked, accepted = request.values.get("lang"), request.headers.get("Accept-Language")
    return catalogue(negotiate(asked, accepted, among=WITHDRAWAL_LANGUAGES, otherwise=otherwise))


def asked_country() -> str | None:
    """The ISO 3166-1 country the page was asked for; what is no country is as good as none."""
    code = request.values.get("country", "").upper()
    return code if _COUNTRY.fullmatch(code) else None


def page(
    template: str, words: Catalogue, shop: Shop | None, status: HTTPStatus = HTTPStatus.OK, **facts: object
) -> Response:
    """A page of the function."""
    html = render_template(f"withdrawal/{template}", t=words.text, words=words, shop=shop, **facts)
    response = Response(html, status, headers=_PRIVATE | {"Content-Language": words.language})
    response.vary.add("Accept-Language")
    return response


def refuse(error: DomainError) -> Response:
    """Why there is nothing here, for people."""
    words = reader()
    return page("refused.html", words, None, status_of(error), text=error_text(words, error.code))
