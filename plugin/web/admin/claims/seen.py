"""Who of the staff saw whose personal data: for owners, who answer for it."""

from flask import Response, url_for

from plugin.domain.personal_view import PersonalView, Seen
from plugin.domain.shop import Role
from plugin.web.admin.auth import require
from plugin.web.admin.pages import page
from plugin.web.deps import deps

_MOST = 500


def index() -> Response:
    """The newest, one for each member, subject and day."""
    here = require(Role.OWNER)
    with deps().units.read(here.merchant) as unit:
        rows = unit.claim_desk.views(_MOST)
        staff = {member.id: member.email for member in unit.staff.all()}
    return page("personal_views.html", rows=rows, staff=staff, href=_href, most=_MOST)


def _href(view: PersonalView) -> str:
    if view.seen is Seen.CLAIM:
        return url_for("admin.claim", claim=view.subject)
    return url_for("admin.order", order_id=view.subject)
