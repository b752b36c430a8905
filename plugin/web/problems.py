"""Domain errors as HTTP answers: status + problem+json (RFC 9457) + translated text; the only such table."""

from http import HTTPStatus

import msgspec
from flask import Response, request
from werkzeug.exceptions import HTTPException

from plugin.domain.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from plugin.i18n import Catalogue, catalogue, negotiate
from plugin.ports.errors import Rejected, Unavailable

PROBLEM_JSON = "application/problem+json"

_STATUS: tuple[tuple[type[DomainError], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (Conflict, HTTPStatus.CONFLICT),
    (Invalid, HTTPStatus.UNPROCESSABLE_ENTITY),
)


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body of an error answer; `code` is stable, `title` and `detail` are for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    field: str | None = None


def status_of(error: DomainError) -> HTTPStatus:
    """The HTTP status of a domain error's kind."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.BAD_REQUEST)


def domain_problem(error: DomainError) -> Response:
    """A domain error in the caller's language."""
    field = error.facts.get("field")
    return _answer(status_of(error), error.code, field=str(field) if field is not None else None)


def http_problem(error: HTTPException) -> Response:
    """Flask's own refusals (404, 405, 413, 429 ...) in the same shape."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    answer = _answer(status, f"http_{status.value}")
    answer.headers.extend((k, v) for k, v in error.get_headers() if k in {"Allow", "Retry-After"})
    return answer


def outside_problem(error: Unavailable | Rejected) -> Response:
    """The outside world failed us: 503 with Retry-After, or 502."""
    if isinstance(error, Rejected):
        return _answer(HTTPStatus.BAD_GATEWAY, "outside_rejected")
    answer = _answer(HTTPStatus.SERVICE_UNAVAILABLE, "outside_unavailable")
    answer.headers["Retry-After"] = str(int(error.retry_after or 30))
    return answer


def error_text(words: Catalogue, code: str) -> str:
    """What to tell a person about this error code; a general sentence when it has none of its own."""
    key = f"problem.{code}"
    return words.text(key if words.has(key) else "problem.general")


def _answer(status: HTTPStatus, code: str, field: str | None = None) -> Response:
    words = catalogue(negotiate(request.args.get("lang"), request.headers.get("Accept-Language")))
    body = Problem(
        type=f"about:blank#{code}",
        title=status.phrase,
        status=status.value,
        code=code,
        detail=error_text(words, code),
        field=field,
    )
    answer = Response(msgspec.json.encode(body), status.value, mimetype=PROBLEM_JSON)
    answer.headers["Content-Language"] = words.language
    answer.headers["Cache-Control"] = "no-store"
    return answer
