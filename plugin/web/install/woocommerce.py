"""WooCommerce's key handshake, our side (`wc-auth`, measured on 10.5).

The callback answers exactly 200 once the keys are on record: on anything else the shop deletes the keys again and the
merchant meets an error page. It never redirects: WordPress would carry the keys along, to plain http too. So no slash
at the end of the address, or two within, makes a difference.
"""

from contextlib import suppress
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from plugin.domain.ids import MerchantId
from plugin.domain.key_request import KeysNotWanted
from plugin.domain.order import Platform
from plugin.ports.errors import Unavailable, Unreadable
from plugin.usecases.receive_keys import receive_denial, receive_keys
from plugin.web.deps import deps

_MOST_BYTES = 16 * 1024
_NO = "0"

blueprint = Blueprint("install_woocommerce", __name__, url_prefix="/install/woocommerce")


def wait(merchant: str, asked: str) -> Response:
    """A plain word for whoever looks, whether or not anything is awaited under this address."""
    del merchant, asked
    return _plain(HTTPStatus.OK, "A shop sends its keys here.")


def take(merchant: str, asked: str) -> Response:
    """Take the keys in; proving them is a job's."""
    request.max_content_length = _MOST_BYTES
    at = deps()
    try:
        sent = at.exchanges[Platform.WOOCOMMERCE].sent(request.get_data(cache=False))
        receive_keys(asked, sent, merchant=MerchantId(merchant), units=at.units, secrets=at.secrets, now=at.clock.now())
    except Unreadable:
        return _plain(HTTPStatus.BAD_REQUEST, "These are no keys.")
    except KeysNotWanted:
        return _plain(HTTPStatus.FORBIDDEN, "Nobody asked for these keys, or not any more.")
    except Unavailable:
        return _plain(HTTPStatus.SERVICE_UNAVAILABLE, "Not now; approve once more in a minute.")
    return _plain(HTTPStatus.OK, "Taken.")


def come_back(merchant: str, asked: str) -> AnyResponse:
    """Lead the merchant back to how it has come out; a no is kept, from whoever knows the name."""
    at = deps()
    if request.args.get("success") == _NO:
        name, now = request.args.get("user_id", ""), at.clock.now()
        with suppress(KeysNotWanted):  # the page it leads to tells how each asking stands; this tells nothing about one
            receive_denial(asked, name, merchant=MerchantId(merchant), units=at.units, secrets=at.secrets, now=now)
    answer = redirect(url_for("admin.asked", asked=asked), HTTPStatus.SEE_OTHER)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _plain(status: HTTPStatus, text: str) -> Response:
    return Response(text + "\n", status.value, mimetype="text/plain", headers={"Cache-Control": "no-store"})


for path, name, view, method in (
    ("/<merchant>/<asked>", "wait", wait, "GET"),
    ("/<merchant>/<asked>", "take", take, "POST"),
    ("/<merchant>/<asked>/return", "come_back", come_back, "GET"),
):
    blueprint.add_url_rule(path, name, view, methods=[method], strict_slashes=False, merge_slashes=False)
