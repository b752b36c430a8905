"""Takes deliveries before the application is asked: what is genuine is kept, then answered.

In a sale a shop tells of many orders a second, and a delivery needs nothing of what serves people: no session, form or
language. So it is answered from here, with the headers, the count and the log line it would have had. Whatever goes
wrong is the application's to tell: it is raised there, in the view of the same address.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, NoReturn

from flask import Blueprint, request
from werkzeug.wsgi import get_input_stream

from plugin import log
from plugin.domain.stored import REQUEST, Arrival
from plugin.web.headers import Headers, Missing
from plugin.web.observer import Observer
from plugin.web.webhooks.intake import Intake

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Judge = Callable[[str, Mapping[str, str], bytes], Arrival | HTTPStatus]
"""What to keep of a delivery, else what to answer: by the rest of the path, headers (names in lower case) and body."""

_PATH = "/webhooks/"
_MOST_BYTES = 2 * 1024 * 1024
"""An order of hundreds of lines is half a megabyte."""
_ERROR = "aftercare.webhook_error"
_OWN_HEADERS = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]


class Receiver:
    """A WSGI application in front of `app`; `judges` by the platform's name in the path."""

    def __init__(
        self,
        app: "WSGIApplication",
        judges: Mapping[str, Judge],
        intake: Intake,
        missing: Missing,
        observer: Observer,
    ) -> None:
        self._app = app
        self._judges = judges
        self._intake = intake
        self._headers: Headers = [*_OWN_HEADERS, *missing(_OWN_HEADERS)]
        self._observer = observer

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer once it is kept; what is no delivery is the application's."""
        began = time.perf_counter()
        platform, rest = _address(environ.get("PATH_INFO", ""))
        judge = self._judges.get(platform)
        if judge is None or environ["REQUEST_METHOD"] != "POST":
            return self._app(environ, start_response)
        try:
            status = self._take(judge, rest, environ)
        except Exception as error:  # noqa: BLE001 - told by the application, as it tells what its views raise
            environ[_ERROR] = error
            return self._app(environ, start_response)
        body = f"{status.phrase}\n".encode()
        start_response(f"{status.value} {status.phrase}", [*self._headers, ("Content-Length", str(len(body)))])
        self._observer.answered(f"webhooks.{platform}", "POST", status.value, time.perf_counter() - began)
        return (body,)

    def _take(self, judge: Judge, rest: str, environ: "WSGIEnvironment") -> HTTPStatus:
        """OK once it is on record."""
        body = get_input_stream(environ, max_content_length=_MOST_BYTES).read()
        judged = judge(rest, _headers(environ), body)
        if isinstance(judged, HTTPStatus):
            return judged
        told = judged.message
        log.note(merchant=told.merchant, shop=told.shop)
        headers = (*told.headers, (REQUEST, log.request_id() or ""))
        self._intake.take(replace(judged, message=replace(told, headers=headers)))
        return HTTPStatus.OK


def failures(platforms: Iterable[str]) -> Blueprint:
    """The addresses of these platforms, where the application answers what went wrong; never by leading elsewhere."""
    blueprint = Blueprint("webhooks", __name__)
    for platform in platforms:
        for path in (f"{_PATH}{platform}", f"{_PATH}{platform}/<path:rest>"):
            blueprint.add_url_rule(
                path, platform, _fail, methods=["POST"], strict_slashes=False, merge_slashes=False
            )  # fmt: skip
    return blueprint


def _fail(**_address: str) -> NoReturn:
    raise request.environ[_ERROR]


def _address(path: str) -> tuple[str, str]:
    """The platform's name and what follows; empty where it is none of ours."""
    if not path.startswith(_PATH):
        return "", ""
    platform, _, rest = path[len(_PATH) :].partition("/")
    return platform, rest.removesuffix("/")


def _headers(environ: "WSGIEnvironment") -> dict[str, str]:
    """As they came, names in lower case."""
    named = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    return named | {"content-type": environ.get("CONTENT_TYPE", "")}
