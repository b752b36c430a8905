"""The page itself: one for each language and country, at one address, with what a search engine has to know of it."""

from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from plugin.domain.errors import DomainError
from plugin.domain.shop import Shop
from plugin.i18n import PAGE_LANGUAGES, Catalogue, catalogue, negotiate
from plugin.usecases.list_documents import ShopDocuments, list_documents
from plugin.usecases.quote_page import PageQuote, quote_page
from plugin.usecases.quote_policy import CountryNeeded, NotACountry, UnknownShop
from plugin.web.aftersales.address import absolute, claim_address, page_address, page_language
from plugin.web.aftersales.alternates import alternates
from plugin.web.aftersales.answer import answer
from plugin.web.aftersales.data import json_ld_text
from plugin.web.aftersales.languages import languages
from plugin.web.deps import deps
from plugin.web.problems import error_text
from plugin.web.storefront.details import withdrawal_anywhere, withdrawal_link
from plugin.wording.aftersales.page import page_words
from plugin.wording.claim.clauses import rule_anchor
from plugin.wording.product_information import repair_cards

_HTML = "text/html; charset=utf-8"
_EMBEDDED_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)

blueprint = Blueprint("pages", __name__, url_prefix="/s/<shop_key>")


@blueprint.get("/", strict_slashes=False)
def choose(shop_key: str) -> AnyResponse:
    """To the page of the country and language asked for; else of the shop's home, in the browser's language."""
    try:
        quote = quoted(shop_key, request.args.get("country"))
    except (UnknownShop, NotACountry, CountryNeeded) as error:
        return _missing(error, shop_key)
    asked, accepted = request.args.get("lang"), request.headers.get("Accept-Language")
    language = negotiate(asked, accepted, among=PAGE_LANGUAGES)
    response = redirect(_path(shop_key, language, quote.country), HTTPStatus.FOUND)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept-Language"
    return response


@blueprint.get("/<language>/<country>")
def page(shop_key: str, language: str, country: str) -> AnyResponse:
    """The page in a language for goods that go to a country."""
    known = page_language(language)
    if known is None:
        return _missing(None, shop_key, country=country)
    try:
        quote = quoted(shop_key, country)
    except (UnknownShop, NotACountry) as error:
        return _missing(error, shop_key, language=known)
    if (known, quote.country) != (language, country):
        return redirect(_path(shop_key, known, quote.country), HTTPStatus.MOVED_PERMANENTLY)
    return _page(quote, catalogue(known), deps().clock.now())


def quoted(shop_key: str, country: str | None) -> PageQuote:
    """What the page of a shop is made of. Raises `UnknownShop`, `NotACountry`, `CountryNeeded`."""
    at = deps()
    return quote_page(shop_key, country, directory=at.directory, units=at.units, law=at.law, now=at.clock.now())


def draft_page(quote: PageQuote, words: Catalogue, now: datetime) -> Response:
    """The page as it would be under a policy nobody has published: for a frame of the desk, and kept by nobody."""
    html = _html(quote, words, now, is_embedded=True, is_draft=True)
    response = Response(html, content_type=_HTML)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Security-Policy"] = f"{_EMBEDDED_CSP}'self'"
    return response


def _page(quote: PageQuote, words: Catalogue, now: datetime) -> Response:
    is_embedded, known = _is_embedded(), alternates(quote, deps().law.rulebook)
    is_indexed = not is_embedded and known.has(words.language, quote.country)
    html = _html(quote, words, now, is_embedded=is_embedded, alternates=known if is_indexed else None)
    response = answer(html, _HTML, words.language)
    if not is_indexed:
        response.headers["X-Robots-Tag"] = "noindex"
    if is_embedded:
        response.headers["Content-Security-Policy"] = _EMBEDDED_CSP + _framed_by(quote.shop)
    return response


def _html(quote: PageQuote, words: Catalogue, now: datetime, **how: object) -> str:
    """The page; `how`: `is_embedded`, `is_draft`, and `alternates` where search engines may come."""
    canonical = absolute(page_address(quote.shop.key, words.language, quote.country))
    return render_template(
        "aftersales/page.html",
        t=words.text,
        words=words,
        shop=quote.shop,
        country=quote.country,
        documents=_documents(quote, words.language, now),
        repairs=repair_cards(quote.policy, words),
        withdrawal=withdrawal_link(quote.shop, quote.country, deps().law, words),
        page=page_words(quote.country, quote.policy, deps().law, words, now.date()),
        canonical=canonical,
        is_indexed=how.get("alternates") is not None,
        json_ld=json_ld_text(quote, canonical),
        languages=languages(),
        rule_anchor=rule_anchor,
        claim=claim_address(quote.shop.key, words.language),
        countries=_countries(quote.countries, words),
        address=lambda language, country: _path(quote.shop.key, language, country),
        **how,
    )


def _documents(quote: PageQuote, language: str, now: datetime) -> ShopDocuments | None:
    at = deps()
    if at.papers is None:
        return None
    return list_documents(quote, language, units=at.units, law=at.law, fill=at.papers.fill, now=now)


def _missing(
    error: DomainError | None, shop_key: str, *, language: str | None = None, country: str | None = None
) -> Response:
    """What is not there, what there is instead, and the way to it; to withdraw or claim no country need be known."""
    words = catalogue(
        language or negotiate(request.args.get("lang"), request.headers.get("Accept-Language"), among=PAGE_LANGUAGES)
    )
    try:
        quote = None if isinstance(error, UnknownShop) else quoted(shop_key, None)
    except (UnknownShop, CountryNeeded, NotACountry):
        quote = None
    shop = deps().directory.shop_by_key(shop_key)
    text = error_text(words, error.code) if isinstance(error, UnknownShop) else _why(error, words)
    html = render_template(
        "aftersales/missing.html",
        t=words.text,
        words=words,
        text=text,
        withdrawal=withdrawal_anywhere(shop, (), deps().law, words) if shop else None,
        claim=claim_address(shop_key, words.language) if shop else None,
        quote=quote,
        to_country=country if country and quote and country in quote.countries else quote.home if quote else None,
        languages=languages(),
        countries=_countries(quote.countries, words) if quote else (),
        address=lambda language, country: page_address(shop_key, language, country),
    )
    headers = {"Content-Type": _HTML, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    headers |= {"Content-Language": words.language, "Vary": "Accept-Language"}
    return Response(html, HTTPStatus.NOT_FOUND, headers=headers)


def _why(error: DomainError | None, words: Catalogue) -> str:
    return words.text(f"page.missing.{'language' if error is None else 'country'}")


def _path(shop_key: str, language: str, country: str) -> str:
    return page_address(shop_key, language, country, embed=_is_embedded())


def _is_embedded() -> bool:
    return request.args.get("embed") == "1"


def _framed_by(shop: Shop) -> str:
    """The shop's own pages may show it in theirs, and nobody else."""
    parts = urlsplit(shop.address or "")
    origin = f" {parts.scheme}://{parts.netloc}" if parts.scheme in {"https", "http"} and parts.netloc else ""
    return f"'self'{origin}"


def _countries(codes: tuple[str, ...], words: Catalogue) -> tuple[tuple[str, str], ...]:
    named = ((code, words.country(code)) for code in codes)
    return tuple(sorted(named, key=lambda country: country[1].casefold()))
