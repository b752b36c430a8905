"""Who is at the admin: the session cookie, its staff member, and what their role allows."""

from http import HTTPStatus
from typing import cast

from flask import Response, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from plugin import log
from plugin.domain.access import SESSION_HOLDS, RoleTooLow, SignedOut, Token
from plugin.domain.errors import DomainError, Invalid
from plugin.domain.shop import Role
from plugin.ports.errors import Unavailable
from plugin.usecases.resume_session import Presence, resume_session
from plugin.web.admin import embedded
from plugin.web.admin.pages import may
from plugin.web.deps import deps

COOKIE = "aftercare_admin"
_WANTED = "wanted"
_OPEN = frozenset(
    {
        *("admin.sign_in", "admin.send_link", "admin.confirm", "admin.enter"),
        *("admin.passkey_ask", "admin.passkey_enter", embedded.BOUNCE),
    }
)


def require_presence() -> AnyResponse | None:
    """Let a live session through; send everybody else to sign in, and afterwards to the page they wanted."""
    _refuse_nul()
    if request.endpoint in _OPEN:
        return None
    if (instead := embedded.arrive()) is not None:
        return instead
    look()
    if "presence" in g:
        return None
    door = url_for("admin.sign_in")
    if request.headers.get("HX-Request"):
        return Response(status=HTTPStatus.OK, headers={"HX-Redirect": door})
    if request.method == "GET":
        session[_WANTED] = request.full_path.removesuffix("?")
    return redirect(door)


def _refuse_nul() -> None:
    """No text of ours holds a NUL, and PostgreSQL stores none. Raises `Invalid`."""
    values = (*(request.view_args or {}).values(), *request.args.values(), *request.form.values())
    if any("\0" in value for value in values):
        raise Invalid({"field": "text"})


def look() -> None:
    """Find out who is there, if anybody; a page for nobody in particular looks the same without."""
    if "presence" in g or COOKIE not in request.cookies:
        return
    at = deps()
    try:
        g.presence = resume_session(request.cookies[COOKIE], units=at.units, secrets=at.secrets, now=at.clock.now())
    except SignedOut:
        return
    log.note(merchant=g.presence.merchant)


def look_at_error() -> AnyResponse | None:
    """Find out who is there, and in whose frame; or answer instead.

    Without a route `require_presence` was not asked. Whoever is not let in is told the error all the same.
    """
    if request.endpoint is None:
        try:
            instead = embedded.arrive()
        except (DomainError, Unavailable):
            return None
        if instead is not None:
            return instead
    look()
    return None


def is_there() -> bool:
    """Whether somebody is signed in, once `look` has found out."""
    return "presence" in g


def presence() -> Presence:
    """The staff member behind this request."""
    return cast("Presence", g.presence)


def require(role: Role) -> Presence:
    """The staff member, if their role is at least this one. Raises `RoleTooLow`."""
    if not may(role):
        raise RoleTooLow(role)
    return presence()


def keep(response: Response, token: Token) -> Response:
    """Give the browser its session; scripts cannot read it, other sites cannot send it."""
    response.set_cookie(
        COOKIE,
        str(token),
        max_age=int(SESSION_HOLDS.total_seconds()),
        path="/admin",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: Response) -> Response:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, path="/admin")
    return response


def begin_anew() -> str:
    """Empty the browser's session, so that no form token outlives a sign-in; the page wanted before it, or Home."""
    wanted = session.get(_WANTED)
    session.clear()
    return str(wanted or url_for("admin.home"))
