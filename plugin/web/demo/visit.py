"""What a visitor has chosen: language, delivery country and cart, all kept in the address, so no cookie is needed.

Nothing is guessed from a network address. A language nobody chose is the browser's; a country nobody chose stays open.
"""

import re
from dataclasses import dataclass
from typing import Any, cast

from flask import g, request, url_for

from plugin.i18n import DESK_LANGUAGES, Catalogue, catalogue, negotiate
from plugin.web.demo.assortment import Product, by_slug

_COUNTRY = re.compile(r"[A-Z]{2}")
_MOST_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor's choices; `country` is an ISO 3166-1 code, `language` and `country` None while not chosen."""

    words: Catalogue
    language: str | None
    country: str | None
    cart: tuple[Product, ...]

    def kept(self) -> dict[str, str]:
        """The choices as query parameters."""
        chosen = {"lang": self.language, "country": self.country, "cart": ".".join(p.slug for p in self.cart)}
        return {name: value for name, value in chosen.items() if value}

    def to(self, page: str, **values: str | None) -> str:
        """The address of a demo page with everything chosen so far; a value given here wins, None drops it."""
        chosen: dict[str, str | None] = {**self.kept(), **values}
        given: dict[str, Any] = {name: value for name, value in chosen.items() if value}
        return url_for(f"demo.{page}", **given)


def visit() -> Visit:
    """The choices of the one who asks."""
    if "visit" not in g:
        g.visit = _read()
    return cast("Visit", g.visit)


def _read() -> Visit:
    asked = request.args.get("lang")
    words = catalogue(negotiate(asked, request.headers.get("Accept-Language"), among=DESK_LANGUAGES))
    country = request.args.get("country", "").upper()
    slugs = request.args.get("cart", "").split(".")[:_MOST_ITEMS]
    return Visit(
        words=words,
        language=words.language if asked else None,
        country=country if _COUNTRY.fullmatch(country) else None,
        cart=tuple(product for product in map(by_slug, slugs) if product),
    )
