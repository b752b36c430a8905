"""Who of the staff saw whose personal data, and what was let go by the clock: for owners, who answer for it."""

from flask import Response, url_for

from plugin.domain.personal_view import PersonalView, Seen
from plugin.domain.shop import Role
from plugin.web.admin.auth import require
from plugin.web.admin.looks import LISTS
from plugin.web.admin.pages import page, words
from plugin.web.deps import deps

_MOST = 500
_MOST_RUNS = 90
_ONE_OF = {"parked_record": "parked", "payouts_file": "payouts", "data_request_file": "data_requests"}
"""Pages of one thing, and the list it is on."""


def index() -> Response:
    """The newest, one for each member, subject and day; and what went when, as counts."""
    here, at = require(Role.OWNER), deps()
    with at.units.read(here.merchant) as unit:
        rows = unit.claim_desk.views(_MOST)
        staff = {member.id: member.email for member in unit.staff.all()}
    gone = at.retention.log(here.merchant, _MOST_RUNS)
    return page("personal_views.html", rows=rows, staff=staff, href=_href, name_of=_name, most=_MOST, gone=gone)


def _href(view: PersonalView) -> str:
    if view.seen is Seen.LIST:
        return url_for(f"admin.{_ONE_OF.get(view.subject, view.subject)}")
    if view.seen is Seen.CLAIM:
        return url_for("admin.claim", claim=view.subject)
    return url_for("admin.order", order_id=view.subject)


def _name(view: PersonalView) -> str:
    if view.seen is Seen.LIST:
        return words().text(LISTS[view.subject])
    key = "desk.case.title" if view.seen is Seen.CLAIM else "admin.order.title"
    return words().text(key, number=view.number)
