"""Rendering of admin pages: words in the reader's language, the navigation, errors as pages."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Final

from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_currency
from flask import Response, g, make_response, render_template, request

from plugin import log
from plugin.domain.money import Money
from plugin.domain.shop import Role
from plugin.i18n import DESK_LANGUAGES, Catalogue, catalogue, negotiate
from plugin.web.admin import notices, passes
from plugin.web.deps import deps
from plugin.web.problems import error_text

SENT_FOR: Final = "X-Aftercare-Form"
"""Set by a script of ours that sends a form in a browser's stead."""
GOES: Final = "X-Aftercare-Location"
"""Where it goes then."""


def words() -> Catalogue:
    """The catalogue of the signed-in member's language, else of the browser's; one the admin is written in whole."""
    chosen = g.presence.member.language if "presence" in g else g.get("reading") or request.args.get("lang")
    return catalogue(negotiate(chosen, request.headers.get("Accept-Language"), among=DESK_LANGUAGES))


def page(template: str, status: HTTPStatus = HTTPStatus.OK, **facts: object) -> Response:
    """A whole page; `template` is below templates/admin/. No cache keeps it.

    `g.shown` keeps which it was, for the record of who looks (looks.py): a refused form shows the page it stands on.
    """
    said = words()
    g.shown = template.removesuffix(".html")
    html = render_template(
        f"admin/{template}",
        t=said.text,
        words=said,
        presence=g.get("presence"),
        app_bridge=g.get("app_bridge"),
        framed=inside,
        may_act=may(Role.AGENT),
        may_manage=may(Role.MANAGER),
        may_own=may(Role.OWNER),
        notice=notices.pick_up(said),
        money=lambda amount: format_money(amount, said),
        moment=lambda at: format_moment(at, said),
        weekday_moment=lambda at: format_moment(at, said, with_weekday=True),
        day=lambda at: format_date(at, "medium", locale=said.locale),
        weekday=lambda at: _weekday(at, said),
        reason=lambda code: said.text(key if said.has(key := f"parked.{code}") else "parked.unknown"),
        **facts,
    )
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = said.language
    response.vary.update(("Cookie", "Accept-Language"))
    return response


def keep_nowhere(answer: Response) -> Response:
    """Have nobody on the way keep what the admin answers, files too, unless an answer says itself how it is kept."""
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def error_page(status: HTTPStatus, code: str) -> Response:
    """A refusal as a page that says what to do."""
    return page("error.html", status, text=error_text(words(), code), request_id=log.request_id())


def may(role: Role) -> bool:
    """Whether the role of whoever is signed in reaches that far."""
    order = list(Role)
    return "presence" in g and order.index(g.presence.member.role) <= order.index(role)


def format_money(amount: Money, said: Catalogue) -> str:
    """An amount with its currency, as the language writes it."""
    return format_currency(amount.decimal(), amount.currency, locale=said.locale)


def format_moment(at: datetime, said: Catalogue, *, with_weekday: bool = False) -> str:
    """An instant to the minute with its zone (UTC), as the language writes it."""
    day = _weekday(at, said) if with_weekday else format_date(at, "medium", locale=said.locale)
    return said.text("admin.moment", day=day, time=format_datetime(at, "HH:mm", locale=said.locale))


def _weekday(at: date, said: Catalogue) -> str:
    return format_skeleton("yMMMEd", at, locale=said.locale)


def see(where: str) -> Response:
    """Send the browser on after a change, so that reloading repeats nothing.

    A script that sent a form in a browser's stead is told where in a header: it would load the page to no purpose.
    """
    goes = notices.named(where)
    if "embedded" in g and request.headers.get(SENT_FOR):
        return Response(status=HTTPStatus.NO_CONTENT, headers={GOES: goes})
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": goes})


def inside(href: str) -> str:
    """The address for a frame inside this page: with a pass where the browser has no other way to be let in."""
    if "embedded" not in g or not href.startswith("/admin/"):
        return href
    at, here = deps(), g.presence
    holder = passes.Holder(here.merchant, here.member.id, g.embedded)
    return passes.issue(at.secrets, holder, href, at.clock.now(), is_frame=True)
