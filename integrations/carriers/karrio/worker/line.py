"""One account's way to its carrier: where it is, over which session, and whose token goes along."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Lock
from typing import Final, TypeVar
from urllib.parse import quote

from requests import Session

from integrations.json_answers import Question, any_answer, json_body
from integrations.json_reading import Json, record, text, whole_number
from plugin.ports.errors import Rejected, Unreadable

_SLACK: Final = timedelta(minutes=1)
"""Before its end, from which on a token is not used any more."""
_LONGEST: Final = 86_400
"""Seconds a token is kept at most, whatever the carrier says."""
Answered = TypeVar("Answered")
_NO_SUCH: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY})
"""How carriers say that a number is none of theirs, or not made as theirs are."""


@dataclass(frozen=True, slots=True)
class Line:
    """`address`: the carrier's, without a slash at its end."""

    session: Session
    address: str

    def to(self, *parts: str) -> str:
        """The address of something there."""
        return "/".join((self.address, *(quote(part, safe=",") for part in parts)))

    def parcel(self, question: Question, now: datetime) -> Json | None:
        """What is answered of a parcel; None: it is none of theirs (yet). Raises as `CarrierSource.ask` does."""
        status, body = any_answer(self.session, question, now)
        if status in _NO_SUCH:
            return None
        if status >= HTTPStatus.BAD_REQUEST:
            raise Rejected("not_understood", detail=str(status))
        content = json_body(body)
        if not isinstance(content, dict) or not content:
            raise Unreadable("field_missing", "body")
        return content


Fetch = Callable[[datetime], tuple[str, timedelta]]
"""Fetches a token, and says for how long it is one. Raises `Rejected` for wrong keys."""


class Tokens:
    """A pass for a while, kept in memory and for this account only."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._lock = Lock()
        self._token = ""
        self._until: datetime | None = None

    def parcel(self, ask: Callable[[str], Answered], now: datetime) -> Answered:
        """Ask with a token; one that the carrier withdrew early is replaced once."""
        with self._lock:
            is_kept = self._until is not None and now < self._until
            token = self._token if is_kept else self._fetched(now)
        try:
            return ask(token)
        except Rejected as refusal:
            if refusal.code != "bad_keys" or not is_kept:
                raise
        with self._lock:
            token = self._fetched(now)
        return ask(token)

    def _fetched(self, now: datetime) -> str:
        self._token, lasts = self._fetch(now)
        self._until = now + lasts - _SLACK
        return self._token


def by_client(line: Line, question: Question) -> Fetch:
    """Tokens by OAuth 2.0, client credentials. Wrong keys are said by 400 as well (RFC 6749, 5.2)."""

    def fetch(now: datetime) -> tuple[str, timedelta]:
        status, body = any_answer(line.session, question, now)
        if status >= HTTPStatus.BAD_REQUEST:
            raise Rejected("bad_keys", detail=str(status))
        told = record(json_body(body))
        token = text(told, "access_token")
        if token is None:
            raise Unreadable("field_missing", "access_token")
        return token, timedelta(seconds=min(_LONGEST, whole_number(told, "expires_in") or 0))

    return fetch


def bearer(token: str) -> Mapping[str, str]:
    """The header it goes in (RFC 6750)."""
    return {"Authorization": f"Bearer {token}"}
