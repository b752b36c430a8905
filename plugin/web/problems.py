"""Domain errors as HTTP answers: status + problem+json (RFC 9457) + translated text; the only such table.

Where people read pages, the same answer is a page; a caller that prefers JSON still gets JSON there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import msgspec
from flask import Flask, Response, current_app, make_response, request
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from plugin import log
from plugin.domain.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from plugin.i18n import Catalogue, catalogue, negotiate
from plugin.ports.errors import Rejected, Unavailable

PROBLEM_JSON = "application/problem+json"
_PAGES = "aftercare.error_pages"
_PLAIN = Markup(
    '<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
    "<title>{text}</title></head><body><main><h1>{text}</h1><p>{reference}</p></main></body></html>"
)

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
    request: str | None = None
    """The id of the request, for who asks about it: the log knows it by this."""


@dataclass(frozen=True, slots=True)
class _ErrorPages:
    """Pages below a path: `look` finds out who is there, or answers instead; `render` makes the page."""

    prefix: str
    look: Callable[[], AnyResponse | None]
    render: Callable[[HTTPStatus, str], Response]


def show_pages(
    app: Flask,
    prefix: str,
    look: Callable[[], AnyResponse | None],
    render: Callable[[HTTPStatus, str], Response],
) -> None:
    """Answer errors below `prefix` with pages, unknown addresses included."""
    app.extensions.setdefault(_PAGES, []).append(_ErrorPages(prefix, look, render))


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
    answer = _answer(status, "form_expired" if isinstance(error, CSRFError) else f"http_{status.value}")
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
    pages = _pages_here()
    if pages:
        answer = _page(pages, status, code)
    elif status >= HTTPStatus.INTERNAL_SERVER_ERROR and _is_read():
        answer = _plain(status, code)
    else:
        answer = _problem(status, code, field)
    answer.headers["Cache-Control"] = "no-store"
    answer.vary.update(("Accept", "Accept-Language"))
    return answer


def _pages_here() -> _ErrorPages | None:
    accepted = request.accept_mimetypes
    if max(accepted["application/json"], accepted[PROBLEM_JSON]) > accepted["text/html"]:
        return None
    pages: list[_ErrorPages] = current_app.extensions.get(_PAGES, [])
    path = request.path
    return next((each for each in pages if path == each.prefix or path.startswith(f"{each.prefix}/")), None)


def _page(pages: _ErrorPages, status: HTTPStatus, code: str) -> Response:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:  # what tells who is there may be what failed
        return pages.render(status, code)
    instead = pages.look()
    return make_response(instead) if instead else pages.render(status, code)


def _is_read() -> bool:
    """Whether a browser shows the answer to somebody, and no program reads it."""
    return request.accept_mimetypes.best_match((PROBLEM_JSON, "application/json", "text/html")) == "text/html"


def _plain(status: HTTPStatus, code: str) -> Response:
    """What broke, with what to quote when asking about it; needs nothing that may be what failed."""
    words = _words()
    html = _PLAIN.format(
        language=words.language,
        direction=words.direction,
        text=error_text(words, code),
        reference=words.text("problem.reference", id=log.request_id() or "-"),
    )
    answer = Response(html, status.value, mimetype="text/html")
    answer.headers["Content-Language"] = words.language
    return answer


def _problem(status: HTTPStatus, code: str, field: str | None) -> Response:
    words = _words()
    body = Problem(
        type=f"about:blank#{code}",
        title=status.phrase,
        status=status.value,
        code=code,
        detail=error_text(words, code),
        field=field,
        request=log.request_id(),
    )
    answer = Response(msgspec.json.encode(body), status.value, mimetype=PROBLEM_JSON)
    answer.headers["Content-Language"] = words.language
    return answer


def _words() -> Catalogue:
    return catalogue(negotiate(request.args.get("lang"), request.headers.get("Accept-Language")))
