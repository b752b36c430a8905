"""JSON asked of a service over HTTP, bounded in time and size, and each way of not getting it told apart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

from requests import RequestException, Response, Session
from requests.auth import HTTPBasicAuth
from urllib3.exceptions import HTTPError

from integrations.answer_body import Drips, NoEnd, body_within
from integrations.json_text import storable
from plugin.domain.connection_faults import PrivateAddress
from plugin.ports.errors import Rejected, Unavailable, Unreadable

LARGEST: Final = 8 * 1024 * 1024
"""Bytes, unpacked: forty parcels with a hundred events each are about two megabytes."""
SLOWEST: Final = 60.0
"""Seconds an answer may take in all."""
_LONGEST_WORDS: Final = 500
_PASSING: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY})
_REFUSED: Final[dict[int, str]] = {
    HTTPStatus.UNAUTHORIZED: "bad_keys",
    HTTPStatus.FORBIDDEN: "bad_keys",
    HTTPStatus.PAYMENT_REQUIRED: "no_quota",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One request. `body` goes as JSON, else `form` as a form, else `text`. `login`: for HTTP Basic."""

    method: str
    address: str
    headers: Mapping[str, str]
    query: Mapping[str, str] | None = None
    body: object = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)
    login: tuple[str, str] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class JsonAnswer:
    """What came back: a success, or a refusal of this one question (4xx) with the service's reasons."""

    status: int
    content: object


def json_answer(session: Session, question: Question, now: datetime) -> JsonAnswer:
    """Raises `Unavailable`, `Rejected` for keys that do not work (any more), and `Unreadable`."""
    status, body = any_answer(session, question, now)
    return JsonAnswer(status, json_body(body))


def any_answer(
    session: Session, question: Question, now: datetime, also: frozenset[int] = frozenset()
) -> tuple[int, bytes]:
    """Status and body, whatever they say; `also`: statuses an answer may have besides. Raises as `json_answer` does."""
    try:
        with _asked(session, question) as response:
            body = _whole(response)
    except (RequestException, HTTPError, PrivateAddress) as error:
        raise Unavailable("carrier_unreachable") from error
    if response.status_code not in also:
        _check(response, body, now)
    return response.status_code, body


def _asked(session: Session, question: Question) -> Response:
    return session.request(
        question.method,
        question.address,
        params=question.query,
        json=question.body,
        data=question.form or (question.text and question.text.encode()),
        auth=HTTPBasicAuth(*question.login) if question.login else None,
        headers={"Accept": "application/json", **question.headers},
        allow_redirects=False,
        stream=True,
    )


def _whole(response: Response) -> bytes:
    try:
        return body_within(response, LARGEST, SLOWEST)
    except NoEnd as error:
        raise Unreadable("too_large", "body") from error
    except Drips as error:
        raise Unavailable("carrier_unreachable") from error


def _check(response: Response, body: bytes, now: datetime) -> None:
    """Raises for whatever says nothing about the question itself."""
    status, words = response.status_code, body[:_LONGEST_WORDS].decode(errors="replace")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise Unavailable("rate_limited", _retry_after(response.headers, now), detail=words)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _PASSING:
        raise Unavailable("carrier_unavailable", _retry_after(response.headers, now), detail=words)
    if status in _REFUSED:
        raise Rejected(_REFUSED[status], detail=words)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise Unavailable("carrier_unavailable", detail=f"HTTP {status}")


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds, whether told as such, as a date (RFC 9110, 10.2.3), or as the instant a limit is lifted (AfterShip)."""
    told = headers.get("Retry-After", "").strip()
    if _is_number(told):
        return float(told)
    lifted = headers.get("X-RateLimit-Reset", "").strip()
    if _is_number(lifted):
        return max(0.0, float(lifted) - now.timestamp())
    try:
        date = parsedate_to_datetime(told)
        return max(0.0, (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds())
    except (ValueError, OverflowError):
        return None


def _is_number(told: str) -> bool:
    return told.isascii() and told.isdecimal() and len(told) <= len("9999999999")


def json_body(body: bytes) -> object:
    """What a body says. Raises `Unreadable`."""
    try:
        content: object = json.loads(storable(body))
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_json", "body") from error
    return content
