"""Signing in by passkey, beside the mailed link; and one's own passkeys, on the account page.

Pages inside a shop's admin have none: its session tokens say who is there, and a frame may ask no device.
"""

from http import HTTPStatus
from typing import Final

import structlog
from flask import Response, g, request, session, url_for

from plugin.domain.errors import Invalid, NotFound
from plugin.domain.passkey import PasskeyRefused
from plugin.ports.passkeys import Devices
from plugin.usecases.add_passkey import add_passkey
from plugin.usecases.ask_for_passkey import ask_for_passkey
from plugin.usecases.begin_passkey import begin_passkey
from plugin.usecases.remove_passkey import remove_passkey
from plugin.usecases.rename_passkey import rename_passkey
from plugin.usecases.sign_in_by_passkey import Visitor, sign_in_by_passkey
from plugin.web.admin import account, auth, notices, sign_in
from plugin.web.admin.pages import see, words
from plugin.web.deps import deps

_BROWSER: Final = "passkey"
"""What the browser's signed session keeps, so that a challenge holds in this browser alone."""
_log = structlog.get_logger("aftercare.web")


def ask() -> Response:
    """What the sign-in page's script tells the browser."""
    at = deps()
    if _BROWSER not in session:
        session[_BROWSER] = at.secrets.token()
    asked = ask_for_passkey(session[_BROWSER], devices=_devices(), secrets=at.secrets, now=at.clock.now())
    return _told(asked)


def enter() -> Response:
    """Start a session; an answer that opens none says so on the sign-in page."""
    at = deps()
    visitor = Visitor(request.user_agent.string, session.get(_BROWSER, ""))
    try:
        signed_in = sign_in_by_passkey(
            request.form.get("answer", ""),
            visitor,
            devices=_devices(),
            units=at.units,
            ids=at.ids,
            secrets=at.secrets,
            now=at.clock.now(),
        )
    except PasskeyRefused as refusal:
        if copied := refusal.facts.get("passkey"):
            _log.warning("passkey_copied", passkey=copied)
        return sign_in.door(HTTPStatus.FORBIDDEN, fault=words().text(f"problem.{refusal.code}"))
    return auth.keep(see(auth.begin_anew()), signed_in.token)


def begin() -> Response:
    """What the account page's script tells the browser."""
    at = deps()
    return _told(
        begin_passkey(auth.presence(), devices=_devices(), units=at.units, secrets=at.secrets, now=at.clock.now())
    )


def add() -> Response:
    """Keep the passkey that was made."""
    at = deps()
    try:
        add_passkey(
            request.form.get("answer", ""),
            request.form.get("name", ""),
            auth.presence(),
            devices=_devices(),
            units=at.units,
            ids=at.ids,
            secrets=at.secrets,
            now=at.clock.now(),
            letter=at.passkey_letter,
        )
    except PasskeyRefused as refusal:
        return account.render(HTTPStatus.FORBIDDEN, passkey_fault=words().text(f"problem.{refusal.code}"))
    except Invalid:
        return _name_wrong()
    notices.leave("admin.passkeys.added")
    return see(url_for("admin.account"))


def rename(passkey: str) -> Response:
    """Call it something else."""
    _devices()
    try:
        rename_passkey(passkey, request.form.get("name", ""), auth.presence(), units=deps().units)
    except Invalid:
        return _name_wrong()
    return see(url_for("admin.account"))


def remove(passkey: str) -> Response:
    """Have it sign nobody in."""
    _devices()
    at = deps()
    remove_passkey(passkey, auth.presence(), units=at.units, now=at.clock.now(), letter=at.passkey_letter)
    notices.leave("admin.passkeys.removed")
    return see(url_for("admin.account"))


def _name_wrong() -> Response:
    return account.render(HTTPStatus.UNPROCESSABLE_ENTITY, passkey_fault=words().text("admin.passkeys.name_wrong"))


def _devices() -> Devices:
    """Raises `NotFound` where no page has passkeys."""
    found = deps().devices
    if found is None or "embedded" in g:
        raise NotFound({"field": "passkey"})
    return found


def _told(asked: str) -> Response:
    answer = Response(asked, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
