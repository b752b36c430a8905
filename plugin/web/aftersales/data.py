"""The page for programs: its promise as schema.org data, and the whole policy as one machine-readable document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import cast

import msgspec
from flask import Blueprint, Flask, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from plugin.domain.clocks.engine import Law
from plugin.domain.errors import DomainError, Invalid
from plugin.usecases.quote_page import PageQuote, about_product, quote_page
from plugin.usecases.quote_policy import NotACountry
from plugin.web.aftersales.address import absolute, page_address, page_language
from plugin.web.aftersales.answer import answer
from plugin.web.deps import deps
from plugin.web.problems import domain_problem
from plugin.web.storefront.prepared import OPEN_TO_ALL

_KEY = "aftercare.aftersales"
_YEARS = range(2000, 2101)
"""Deliveries anybody asks about; the holidays of others nobody knows."""
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Inside a script element these could end it."""

blueprint = Blueprint("data", __name__, url_prefix="/s/<shop_key>")

Link = Callable[[str], str]
"""From a country to the address of its page."""


@dataclass(frozen=True, slots=True)
class DataMakers:
    """What makes the data; the layer that does stands beside this one and is handed in."""

    json_ld: Callable[[PageQuote, Law, str, datetime], Mapping[str, object]]
    """From a page's quote, the law, the page's address and now."""
    policy: Callable[[PageQuote, tuple[str, ...], Law, Link, datetime | None], msgspec.Struct]
    """From a quote, the countries wanted, the law, where pages are, and a delivery to compute deadlines for."""
    policy_schema: Callable[[], Mapping[str, object]]


def provide(app: Flask, made_by: DataMakers) -> None:
    """Give `app` what makes the data."""
    app.extensions[_KEY] = made_by


def json_ld_text(quote: PageQuote, link: str) -> str:
    """The schema.org data of a page, safe inside a script element."""
    at = deps()
    node = _made_by().json_ld(quote, at.law, link, at.clock.now())
    text = msgspec.json.encode(node).decode()
    for sign, escaped in _UNSAFE.items():
        text = text.replace(sign, escaped)
    return text


@blueprint.get("/<language>/<country>.jsonld")
def json_ld(shop_key: str, language: str, country: str) -> AnyResponse:
    """The same data on its own; with `?product=` for that product."""
    quote, known = _quoted(shop_key, country), page_language(language)
    if known is None:
        raise NotACountry({"field": "language"})
    link = absolute(page_address(shop_key, known, quote.country))
    if (known, quote.country) != (language, country):
        place = f"{page_address(shop_key, known, quote.country)}.jsonld"
        asked = request.query_string.decode()
        return redirect(f"{place}?{asked}" if asked else place, HTTPStatus.MOVED_PERMANENTLY)
    return answer(json_ld_text(quote, link), "application/ld+json", open_to_all=True)


@blueprint.get("/policy.json")
def policy_document(shop_key: str) -> Response:
    """Rights, terms and sources for every country, of a product or all goods; deadlines for a delivery."""
    chosen = request.args.get("country")
    quote = _quoted(shop_key, chosen)
    wanted = (quote.country,) if chosen else quote.countries
    delivered = _instant(request.args.get("delivered_at"))
    made = _made_by().policy(quote, wanted, deps().law, lambda country: _page_of(shop_key, country), delivered)
    return answer(msgspec.json.encode(made), "application/json", open_to_all=True)


@blueprint.get("/policy.schema.json")
def policy_schema(shop_key: str) -> Response:  # noqa: ARG001 - every shop's document has the same schema
    """The JSON Schema of the document."""
    return answer(msgspec.json.encode(_made_by().policy_schema()), "application/schema+json", open_to_all=True)


@blueprint.errorhandler(DomainError)
def refuse(error: DomainError) -> Response:
    """A problem programs of any origin can read."""
    response = domain_problem(error)
    response.headers.extend(OPEN_TO_ALL)
    return response


def _quoted(shop_key: str, country: str | None) -> PageQuote:
    at = deps()
    quote = quote_page(shop_key, country, directory=at.directory, units=at.units, law=at.law, now=at.clock.now())
    product = request.args.get("product")
    return about_product(quote, product, units=at.units) if product else quote


def _page_of(shop_key: str, country: str) -> str:
    return absolute(page_address(shop_key, "en", country))


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid({"field": "delivered_at"}) from error
    if at.tzinfo is None or at.year not in _YEARS:
        raise Invalid({"field": "delivered_at"})
    return at


def _made_by() -> DataMakers:
    return cast("DataMakers", current_app.extensions[_KEY])
