"""Put on record that a member saw a page with several people's data; pages of one claim or order do so themselves."""

from http import HTTPStatus
from typing import Final

from flask import Response, g, request

from plugin.domain.personal_view import PersonalView, Seen
from plugin.usecases.record_view import record_view
from plugin.web.admin.auth import presence
from plugin.web.deps import deps

LISTS: Final = {
    "data_request_file": "requests.title",
    "data_requests": "requests.title",
    "declarations": "declarations.title",
    "parked_record": "admin.parked.title",
    "payouts": "desk.payouts.title",
    "payouts_file": "desk.payouts.title",
    "returns": "returns.title",
    "stuck": "stuck.title",
    "stuck_mail": "sending.stuck",
}
"""Pages (by template) and files (by endpoint) that show several people's data, and what each is called;
`tests/web/admin/test_access_log.py` finds them.
"""


def record_list(answer: Response) -> Response:
    """Once a day for each member and page, after a refused form too; a file that was refused is none."""
    name = g.get("shown") or _file(answer)
    if name in LISTS and "presence" in g:
        here, at = presence(), deps()
        look = PersonalView(here.member.id, Seen.LIST, name, "", at.clock.now())
        record_view(look, merchant=here.merchant, units=at.units)
    return answer


def _file(answer: Response) -> str:
    is_given = answer.status_code == HTTPStatus.OK
    return (request.endpoint or "").removeprefix("admin.") if is_given else ""
