"""Rendering of admin pages: words in the reader's language, the navigation, errors as pages."""

from datetime import datetime
from http import HTTPStatus

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency
from flask import Response, g, make_response, render_template, request

from plugin.domain.errors import DomainError
from plugin.domain.money import Money
from plugin.domain.shop import Role
from plugin.i18n import Catalogue, catalogue, negotiate
from plugin.web.problems import error_text, status_of


def words() -> Catalogue:
    """The catalogue of the signed-in member's language, else of the browser's."""
    if "presence" in g:
        return catalogue(g.presence.member.language)
    return catalogue(negotiate(request.args.get("lang"), request.headers.get("Accept-Language")))


def page(template: str, status: HTTPStatus = HTTPStatus.OK, **facts: object) -> Response:
    """A whole page; `template` is below templates/admin/. Never kept by a shared cache."""
    said = words()
    html = render_template(
        f"admin/{template}",
        t=said.text,
        words=said,
        here=request.endpoint,
        presence=g.get("presence"),
        may_act=_may("agent"),
        may_own=_may("owner"),
        money=lambda amount: format_money(amount, said),
        moment=lambda at: format_moment(at, said),
        day=lambda at: format_date(at, "medium", locale=said.locale),
        day_text=lambda at: said.day(at.date()),
        reason=lambda code: error_text(said, f"parked.{code}"),
        **facts,
    )
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def page_error(error: DomainError) -> Response:
    """A domain error as a page that says what to do."""
    return page("error.html", status_of(error), text=error_text(words(), error.code))


def _may(role: str) -> bool:
    """Whether the signed-in member's role reaches that far."""
    if "presence" not in g:
        return False
    order = list(Role)
    return order.index(g.presence.member.role) <= order.index(Role(role))


def format_money(amount: Money, said: Catalogue) -> str:
    """An amount with its currency, as the language writes it."""
    return format_currency(amount.decimal(), amount.currency, locale=said.locale)


def format_moment(at: datetime, said: Catalogue) -> str:
    """An instant with its zone (UTC), as the language writes it."""
    return format_datetime(at, "medium", locale=said.locale) + " UTC"


def see(where: str) -> Response:
    """Send the browser on after a change, so that reloading repeats nothing."""
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": where})
