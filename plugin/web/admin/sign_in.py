"""Sign-in by one-time link: asked for by e-mail, confirmed by a button (mail scanners follow links), used once."""

from functools import partial
from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.access import LinkUnusable, Token
from plugin.ports.mailer import Route
from plugin.usecases.request_sign_in import request_sign_in
from plugin.usecases.sign_in import sign_in
from plugin.usecases.sign_out import sign_out
from plugin.web.admin import afterwards, auth
from plugin.web.admin.pages import page, see
from plugin.web.deps import deps


def ask() -> Response:
    """Ask for the address to send a link to."""
    return door()


def door(status: HTTPStatus = HTTPStatus.OK, *, fault: str | None = None) -> Response:
    """The page for whoever is not in; after a refusal with its reason. Passkeys are asked for at their own address."""
    at = deps()
    is_home = at.devices is not None and request.host_url == f"{at.devices.origin}/"
    is_kept = at.mailer.route(None) is Route.KEPT
    return page("sign_in.html", status, is_kept=is_kept, passkey_door=is_home, fault=fault)


def send_link() -> Response:
    """Send a link if somebody with this address works here; neither the answer nor the time it takes tells which.

    Another thread does the work: whoever asks again at once waits for nothing of it either.
    """
    at = deps()
    send = partial(
        request_sign_in,
        request.form.get("email", ""),
        directory=at.directory,
        units=at.units,
        ids=at.ids,
        secrets=at.secrets,
        letter=at.letter,
        now=at.clock.now(),
    )
    afterwards.do(send)
    return page("link_sent.html")


def confirm(token: str) -> Response:
    """Show the button that uses the link."""
    return page("confirm.html", token=token) if Token.parse(token) else _unusable()


def enter(token: str) -> Response:
    """Use the link and start a session; a link that cannot be used says so and offers a new one."""
    at = deps()
    try:
        signed_in = sign_in(
            token, request.user_agent.string, units=at.units, ids=at.ids, secrets=at.secrets, now=at.clock.now()
        )
    except LinkUnusable:
        return _unusable()
    return auth.keep(see(auth.begin_anew()), signed_in.token)


def leave() -> Response:
    """End this session."""
    at = deps()
    sign_out(request.cookies.get(auth.COOKIE, ""), units=at.units, secrets=at.secrets, now=at.clock.now())
    auth.begin_anew()
    return auth.forget(see(url_for("admin.sign_in")))


def _unusable() -> Response:
    return page("link_unusable.html", HTTPStatus.FORBIDDEN)
