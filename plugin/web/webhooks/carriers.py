"""What carriers' services push: one address an account, which nobody can guess; applying it is the worker's.

17TRACK and AfterShip send what is not answered by 200 to 299 again for a day or so, and give an address up that keeps
failing. So whatever is genuine is kept, read or not, and answered 200. Sources: 17TRACK API v2.4, "Webhook"; AfterShip
Tracking API 2026-07, "Webhook overview".
"""

from http import HTTPStatus

import structlog
from flask import Blueprint, Response, request

from plugin.domain.errors import NotFound
from plugin.usecases.tracking.accept_push import accept_push
from plugin.web.deps import deps

blueprint = Blueprint("carrier_pushes", __name__, url_prefix="/w/carriers")
MOST_BYTES = 1024 * 1024
"""One parcel's whole story with everything around it is some ten thousand bytes."""
_log = structlog.get_logger("aftercare.web")


@blueprint.post("/<push_token>")
def receive(push_token: str) -> Response:
    """200 to what the other side has signed, 401 to what it has not; 404 where no account is, or one that is off."""
    at = deps()
    found = at.push_addresses.account_by_token(push_token) if at.push_addresses else None
    merchant, account = found or (None, None)
    reader = at.carriers.push(account) if at.carriers and account and account.is_on else None
    if merchant is None or account is None or reader is None:
        return _answer(HTTPStatus.NOT_FOUND)
    request.max_content_length = MOST_BYTES
    body = request.get_data(cache=False)
    if not reader.is_genuine(dict(request.headers), body):
        return _answer(HTTPStatus.UNAUTHORIZED)
    try:
        is_new = accept_push(body, account, merchant=merchant, units=at.units, ids=at.ids, now=at.clock.now())
    except NotFound:
        return _answer(HTTPStatus.NOT_FOUND)
    _log.info("carrier_push", merchant=merchant, kind=account.kind, is_new=is_new)
    return _answer(HTTPStatus.OK)


def _answer(status: HTTPStatus) -> Response:
    answer = Response(f"{status.phrase}\n", status, mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer
