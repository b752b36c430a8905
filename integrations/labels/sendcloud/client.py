"""Requests to Sendcloud: signed, bounded in time and size, and each failure told apart."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from requests import RequestException, Response, Session
from requests.auth import HTTPBasicAuth
from urllib3.exceptions import HTTPError

from integrations.answer_body import Drips, NoEnd, body_within
from plugin.domain.connection_faults import PrivateAddress
from plugin.ports.errors import Rejected, Unavailable

BASE: Final = "https://panel.sendcloud.sc/api/v3"
_AGENT: Final = "Aftercare (after-sales app; Sendcloud API v3)"
_MOST_BYTES: Final = 10 * 1024 * 1024
SLOWEST: Final = 60.0
"""Seconds an answer may take in all; a label takes three."""
_MOST_WORDS: Final = 500
_PASSING: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
_REFUSED: Final[dict[int, str]] = {
    HTTPStatus.UNAUTHORIZED: "provider_key",
    HTTPStatus.FORBIDDEN: "provider_key",
    HTTPStatus.PAYMENT_REQUIRED: "provider_payment",
}
REFUSED: Final = "provider_refused"

Json = dict[str, Any]


class SendcloudClient:
    """One account over one session, whose time-outs are the session's."""

    def __init__(self, key: str, secret: str, session: Session, base: str = BASE) -> None:
        self._auth = HTTPBasicAuth(key, secret)
        self._session = session
        self._base = base

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Json:
        """An answer as JSON. Raises `Unavailable` and `Rejected`."""
        return _read(self._call("GET", path, query=query))

    def post(self, path: str, body: Json) -> Json:
        """An answer as JSON. Raises `Unavailable` and `Rejected`."""
        return _read(self._call("POST", path, body=body))

    def pdf(self, path: str) -> bytes:
        """A document. Raises `Unavailable`, also while it is not there, and `Rejected`."""
        content = self._call("GET", path, accept="application/pdf", awaited=True)
        if not content.startswith(b"%PDF-"):
            raise Unavailable("provider_unreadable")
        return content

    def _call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Json | None = None,
        accept: str = "application/json",
        awaited: bool = False,
    ) -> bytes:
        headers = {"Accept": accept, "User-Agent": _AGENT}
        try:
            answer = self._session.request(
                method,
                f"{self._base}{path}",
                params=query,
                json=body,
                auth=self._auth,
                headers=headers,
                allow_redirects=False,
                stream=True,
            )
            with answer:
                content = body_within(answer, _MOST_BYTES, SLOWEST)
        except NoEnd as error:
            raise Unavailable("provider_unreadable") from error
        except (RequestException, HTTPError, PrivateAddress, Drips) as error:
            raise Unavailable("provider_unreachable") from error
        _check(answer, content, awaited=awaited)
        return content


def _check(answer: Response, content: bytes, *, awaited: bool) -> None:
    """Raises `Unavailable` and `Rejected` for everything but a success."""
    status = answer.status_code
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _PASSING:
        raise Unavailable("provider_unavailable", _retry_after(answer), detail=_words(content))
    if awaited and status == HTTPStatus.NOT_FOUND:
        raise Unavailable("label_not_ready", detail=_words(content))
    raise Rejected(_REFUSED.get(status, REFUSED), detail=_words(content))


def _retry_after(answer: Response) -> float | None:
    told = answer.headers.get("Retry-After", "")
    return float(told) if told.isascii() and told.isdecimal() else None


def _words(content: bytes) -> str:
    """What the answer says about itself: `errors` of the v3 documents, or the single `error` of the older ones."""
    try:
        told = _read(content)
    except Unavailable:
        return ""
    errors = told.get("errors")
    single = told.get("error")
    entries = errors if isinstance(errors, list) else [single]
    return "; ".join(filter(None, map(_sentence, entries)))[:_MOST_WORDS]


def _sentence(entry: object) -> str:
    if not isinstance(entry, dict):
        return ""
    message = entry.get("message") or entry.get("detail") or entry.get("code") or ""
    return f"{entry['field']}: {message}" if entry.get("field") else str(message)


def _read(content: bytes) -> Json:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unavailable("provider_unreadable") from error
    if not isinstance(value, dict):
        raise Unavailable("provider_unreadable")
    return value
