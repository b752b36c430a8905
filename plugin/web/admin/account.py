"""The staff member's own page: language, passkeys and signed-in browsers."""

from http import HTTPStatus

from flask import Response, request, url_for

from plugin.domain.errors import Invalid
from plugin.domain.passkey import MOST
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.usecases.choose_language import choose_language
from plugin.usecases.list_sessions import list_sessions
from plugin.usecases.revoke_other_sessions import revoke_other_sessions
from plugin.usecases.revoke_session import revoke_session
from plugin.web.admin import notices
from plugin.web.admin.agents import agent_name
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import page, see
from plugin.web.admin.plans import plans
from plugin.web.deps import deps


def show() -> Response:
    """Language, passkeys and sessions."""
    return render()


def render(status: HTTPStatus = HTTPStatus.OK, *, passkey_fault: str | None = None) -> Response:
    """The page; after a refusal with its reason at the passkeys."""
    here, at = presence(), deps()
    sessions = list_sessions(here.member.id, merchant=here.merchant, units=at.units, now=at.clock.now())
    with at.units.read(here.merchant) as unit:
        passkeys = unit.passkeys.of(here.member.id)
    return page(
        "account.html",
        status,
        plans=plans(),
        sessions=sessions,
        agent_name=agent_name,
        agent_here=agent_name(request.user_agent.string),
        language_choices=_choices(),
        devices=at.devices,
        at_home=at.devices is not None and request.host_url == f"{at.devices.origin}/",
        passkeys=passkeys,
        has_room=len(passkeys) < MOST,
        passkey_fault=passkey_fault,
    )


def keep_language() -> Response:
    """Show the admin in another language from now on."""
    language = request.form.get("language", "")
    if language not in DESK_LANGUAGES:
        raise Invalid({"field": "language"})
    here = presence()
    choose_language(language, of=here.member.id, merchant=here.merchant, units=deps().units)
    return see(url_for("admin.account"))


def revoke(session: str) -> Response:
    """Sign one browser out."""
    here = presence()
    revoke_session(session, of=here.member.id, merchant=here.merchant, units=deps().units, now=deps().clock.now())
    return see(url_for("admin.account"))


def revoke_others() -> Response:
    """Sign every other browser out."""
    revoke_other_sessions(presence(), units=deps().units, now=deps().clock.now())
    notices.leave("admin.account.revoked_others")
    return see(url_for("admin.account"))


def _choices() -> list[tuple[str, str]]:
    """Each language by its own name."""
    return [(language, catalogue(language).locale.get_display_name() or language) for language in DESK_LANGUAGES]
