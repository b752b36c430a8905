"""Files for who is inside another site's frame: a link there asks here first, and gets an address good for a minute."""

from http import HTTPStatus

from flask import Response, g, request
from werkzeug.exceptions import BadRequest

from plugin.web.admin import passes
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import GOES
from plugin.web.deps import deps
from plugin.web.own_path import is_own_path


def hand_out() -> Response:
    """The address of the file that was asked for, in a header; what is no file of ours is refused.

    Whether its asker may have the file is said where it is handed out.
    """
    wanted, at, here = request.form.get("to", ""), deps(), presence()
    if "embedded" not in g or not is_own_path(wanted) or not passes.is_file(wanted):
        raise BadRequest
    address = passes.issue(at.secrets, passes.Holder(here.merchant, here.member.id, g.embedded), wanted, at.clock.now())
    return Response(status=HTTPStatus.NO_CONTENT, headers={GOES: address})
