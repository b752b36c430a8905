"""Gives every request an id, by which one search through the log tells its whole story, the worker's part too.

A proxy of the operator's may have given one (`X-Request-ID`): it is taken where `TRUSTED_PROXIES` says that one
stands in front, and only when it looks like an id, so that nobody writes what they like into the log. Every answer
tells the id.
"""

import re
from collections.abc import Iterable, Iterator
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

from flask import Flask

from plugin import log

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADER: Final = "X-Request-ID"
_GIVEN: Final = "HTTP_X_REQUEST_ID"
_LOOKS_LIKE_ONE: Final = re.compile(r"[0-9A-Za-z_-]{16,64}", re.ASCII)
"""A UUID, 32 hexadecimal digits (nginx), a ULID; no address, name or number of an order."""
_BYTES: Final = 12


def identify(app: Flask, *, is_behind_proxy: bool) -> None:
    """Give every request of `app` its id; the last to be put in front, so that whoever answers tells it."""
    app.wsgi_app = Identified(app.wsgi_app, is_behind_proxy=is_behind_proxy)  # type: ignore[method-assign]  # Flask's own way


class Identified:
    """A WSGI application in front of `app`."""

    def __init__(self, app: "WSGIApplication", *, is_behind_proxy: bool) -> None:
        self._app = app
        self._is_behind_proxy = is_behind_proxy

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer with the id; what is logged meanwhile carries it, and when the answer is closed."""
        given = environ.get(_GIVEN, "") if self._is_behind_proxy else ""
        request = given if _LOOKS_LIKE_ONE.fullmatch(given) else token_hex(_BYTES)
        log.begin(request)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:  # noqa: ANN401 - WSGI's
            return start_response(status, [*headers, (HEADER, request)], exc_info)

        try:
            return _Answer(self._app(environ, start), request)
        finally:
            log.forget()


class _Answer:
    """Closed as part of its request: some work is done only once an answer is out."""

    def __init__(self, parts: Iterable[bytes], request: str) -> None:
        self._parts = parts
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)

    def close(self) -> None:
        """Whoever sends the answer calls it, whole or not."""
        with log.about(request=self._request):
            close = getattr(self._parts, "close", None)
            if close is not None:
                close()
