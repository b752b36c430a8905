"""Who is at the admin: the session cookie, its staff member, and what their role allows."""

from typing import cast

from flask import Response, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from plugin.domain.access import SESSION_HOLDS, SignedOut, Token
from plugin.domain.errors import NotAllowed
from plugin.domain.shop import Role
from plugin.usecases.resume_session import Presence, resume_session
from plugin.web.deps import deps

COOKIE = "aftercare_admin"
_OPEN = frozenset({"admin.sign_in", "admin.send_link", "admin.confirm", "admin.enter"})


class RoleTooLow(NotAllowed):
    """The staff member may look at this, not do it."""

    code = "role_too_low"


def require_presence() -> AnyResponse | None:
    """Let a live session through; send everybody else to sign in."""
    if request.endpoint in _OPEN:
        return None
    try:
        g.presence = resume_session(
            request.cookies.get(COOKIE, ""), units=deps().units, secrets=deps().secrets, now=deps().clock.now()
        )
    except SignedOut:
        return redirect(url_for("admin.sign_in"))
    return None


def presence() -> Presence:
    """The staff member behind this request."""
    return cast("Presence", g.presence)


def require(role: Role) -> Presence:
    """The staff member, if their role is at least this one. Raises `RoleTooLow`."""
    order = list(Role)
    if order.index(presence().member.role) > order.index(role):
        raise RoleTooLow({"role": role.value})
    return presence()


def keep(response: Response, token: Token) -> Response:
    """Give the browser its session; scripts cannot read it, other sites cannot send it."""
    response.set_cookie(
        COOKIE,
        str(token),
        max_age=int(SESSION_HOLDS.total_seconds()),
        path="/admin",
        secure=current_app.config["BASE_URL"].startswith("https://"),
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: Response) -> Response:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, path="/admin")
    return response
