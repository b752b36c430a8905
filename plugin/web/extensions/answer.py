"""How a request is read and answered: JSON that nobody else may keep, open to any origin, as Shopify's sandbox needs.

Source: Shopify's library for Python (shopifyapp 1.0.2), whose answer to a preflight a test compares with ours.
"""

from http import HTTPStatus
from typing import Final, TypeVar

import msgspec
from flask import Response, request

from plugin.domain.attempts import TooManyAttempts
from plugin.domain.decoding import decoder
from plugin.domain.errors import Invalid
from plugin.i18n import CLAIM_LANGUAGES, FALLBACK, Catalogue, catalogue, negotiate
from plugin.web.problems import domain_problem
from plugin.web.storefront.schemas import Answer

OPEN: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "X-Shopify-API-Request-Failure-Reauthorize-Url",
}
_PREFLIGHT: Final = OPEN | {
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "7200",
}
_MOST_BYTES: Final = 256 * 1024

Wish = TypeVar("Wish", bound=msgspec.Struct)


class UnreadableBody(Invalid):
    """The body is not what this address takes."""

    code = "invalid"


def preflight(path: str) -> Response:  # noqa: ARG001 - the same below every address
    """A sandbox asks first; any may ask. Only methods that need no permission are used: GET and POST."""
    return Response(status=HTTPStatus.NO_CONTENT, headers=_PREFLIGHT)


def opened(response: Response) -> Response:
    """Let the asking extension read it, refusals too."""
    response.headers.update(OPEN)  # set, not added: browsers refuse an answer that says it twice
    return response


def later(error: TooManyAttempts) -> Response:
    """Too much at once: after how long it may be sent again."""
    response = domain_problem(error)
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response.headers["Retry-After"] = str(error.facts["wait"])
    return response


def body(kind: type[Wish]) -> Wish:
    """What the request says. Raises `UnreadableBody`."""
    request.max_content_length = _MOST_BYTES
    try:
        return decoder(kind).decode(request.get_data())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableBody({"field": "body"}) from error


def private(answer: Answer, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """An answer for this shopper alone."""
    headers = {"Cache-Control": "private, no-store", "Content-Language": answer.language}
    return Response(msgspec.json.encode(answer), status, headers=headers, mimetype="application/json")


def reader(otherwise: str = FALLBACK) -> Catalogue:
    """The words of the language asked for, else of `otherwise`."""
    return catalogue(negotiate(request.args.get("lang"), None, among=CLAIM_LANGUAGES, otherwise=otherwise))
