"""Answers a question that was asked a moment ago without asking the application again.

Pages of every store ask for the same few policies. Their answers are public bytes that depend on nothing but the
address: no cookie, session, form or proxy header. So while one is kept ready it is sent from here, with the headers,
the count and the log line it would have had; the application answers everything else, and fills the cache.
"""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.http import remove_entity_headers

from plugin.web.headers import Missing
from plugin.web.observer import Observer
from plugin.web.storefront.prepared import AnswerCache, Prepared

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_BEFORE, _AFTER = "/storefront/v1/", "/policy"
_ENDPOINT = "storefront.api.policy"


class ReadyAnswers:
    """A WSGI application in front of another."""

    def __init__(self, app: "WSGIApplication", cache: AnswerCache, missing: Missing, observer: Observer) -> None:
        self._app = app
        self._cache = cache
        self._missing = missing
        self._observer = observer

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from the cache, else as the application does."""
        began = time.perf_counter()
        answer = self._find(environ)
        if answer is None:
            return self._app(environ, start_response)
        is_known = answer.is_known(environ.get("HTTP_IF_NONE_MATCH"))
        headers = [*answer.headers, *self._missing(answer.headers)]
        if is_known:
            remove_entity_headers(headers)
            start_response("304 NOT MODIFIED", headers)
        else:
            start_response("200 OK", [*headers, ("Content-Length", str(len(answer.body)))])
        self._observer.answered(_ENDPOINT, "GET", 304 if is_known else 200, time.perf_counter() - began)
        return () if is_known else (answer.body,)

    def _find(self, environ: "WSGIEnvironment") -> Prepared | None:
        path = environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] != "GET" or not (path.startswith(_BEFORE) and path.endswith(_AFTER)):
            return None
        return self._cache.get((path[len(_BEFORE) : -len(_AFTER)], environ.get("QUERY_STRING", "")))
