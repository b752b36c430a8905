"""Rendering of demo pages: the visitor's words, the countries to choose from, errors as pages."""

from functools import lru_cache
from http import HTTPStatus
from typing import cast

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_datetime
from babel.numbers import format_currency
from flask import Response, current_app, make_response, render_template, request, url_for

from plugin.domain.errors import DomainError
from plugin.domain.law.rulebook import Rulebook
from plugin.domain.money import Money
from plugin.i18n import DESK_LANGUAGES, Catalogue, catalogue
from plugin.web.demo.shops import Brand, DemoMissing, brand
from plugin.web.demo.visit import Visit, visit
from plugin.web.deps import deps
from plugin.web.problems import error_text, status_of


def page(template: str, status: HTTPStatus = HTTPStatus.OK, **facts: object) -> Response:
    """A whole page; `template` is below templates/demo/."""
    here = visit()
    html = render_template(
        f"demo/{template}",
        t=here.words.text,
        words=here.words,
        visit=here,
        to=here.to,
        money=lambda amount: format_money(amount, here.words),
        moment=lambda at: format_datetime(at, "medium", locale=here.words.locale) + " UTC",
        languages=languages(),
        language_name=dict(languages())[here.words.language],
        countries=countries(here.words, deps().law.rulebook),
        here_path=request.path,
        brand=(found := _brand()),
        aftersales=lambda country=None: _aftersales(found, here, country),
        **facts,
    )
    response = make_response(html, status)
    response.headers["Content-Language"] = here.words.language
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept-Language"
    return response


def _aftersales(found: Brand | None, here: Visit, country: str | None) -> str | None:
    """The shop's after-sales page for a country, else for the visitor's, else for the shop's home."""
    if found is None:
        return None
    place = country or here.country
    return url_for("aftersales.pages.choose", shop_key=found.shop.key, lang=here.words.language, country=place)


def _brand() -> Brand | None:
    """The brand on the page's head; a page that needs no shop, the mailbox, works without."""
    try:
        return brand()
    except DemoMissing:
        return None


def error_page(error: DomainError) -> Response:
    """A domain error as a page that says what to do."""
    return page("error.html", status_of(error), text=error_text(visit().words, error.code))


def format_money(amount: Money, words: Catalogue) -> str:
    """An amount with its currency, as the language writes it."""
    return format_currency(amount.decimal(), amount.currency, locale=words.locale)


def see(address: str) -> Response:
    """Send the browser on after a change, so that reloading repeats nothing."""
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": address})


def own_address() -> str:
    """What this installation's own links begin with."""
    return cast("str", current_app.config["BASE_URL"])


@lru_cache(maxsize=1)
def languages() -> tuple[tuple[str, str], ...]:
    """Each language the demo is written in, with its own name for itself."""
    return tuple((tag, _own_name(tag)) for tag in DESK_LANGUAGES)


def _own_name(tag: str) -> str:
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except UnknownLocaleError:
        return tag
    own = locale.languages.get(locale.language, tag) if locale.script is None else locale.get_display_name(locale)
    name = str(own or tag)
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=16)
def _countries(language: str, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    words = catalogue(language)
    named = [(code, words.country(code)) for code in codes]
    return tuple(sorted(named, key=lambda country: country[1].casefold()))


def countries(words: Catalogue, rulebook: Rulebook) -> tuple[tuple[str, str], ...]:
    """Every country the rulebook knows the law of, by name."""
    return _countries(words.language, tuple(code for code in rulebook.jurisdictions if "-" not in code))
