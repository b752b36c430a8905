"""The staff member's own page: language and signed-in browsers."""

from dataclasses import replace

from flask import Response, request, url_for

from plugin.domain.errors import Invalid
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.usecases.list_sessions import list_sessions
from plugin.usecases.revoke_session import revoke_session
from plugin.web.admin.agents import agent_name
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import page, see
from plugin.web.admin.plans import plans
from plugin.web.deps import deps


def show() -> Response:
    """Language and sessions."""
    here = presence()
    sessions = list_sessions(here.member.id, merchant=here.merchant, units=deps().units, now=deps().clock.now())
    return page("account.html", plans=plans(), sessions=sessions, agent_name=agent_name, language_choices=_choices())


def choose_language() -> Response:
    """Show the admin in another language from now on."""
    language = request.form.get("language", "")
    if language not in DESK_LANGUAGES:
        raise Invalid({"field": "language"})
    with deps().units(presence().merchant) as unit:
        unit.staff.save(replace(presence().member, language=language))
        unit.commit()
    return see(url_for("admin.account"))


def revoke(session: str) -> Response:
    """Sign one browser out."""
    here = presence()
    revoke_session(session, of=here.member.id, merchant=here.merchant, units=deps().units, now=deps().clock.now())
    return see(url_for("admin.account"))


def _choices() -> list[tuple[str, str]]:
    """Each language by its own name."""
    return [(language, catalogue(language).locale.get_display_name() or language) for language in DESK_LANGUAGES]
