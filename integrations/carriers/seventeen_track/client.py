"""Requests to 17TRACK: what it accepts and what it rejects of each number, and which codes concern the account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from requests import Session

from integrations.json_answers import Question, json_answer
from integrations.json_reading import Json, record, records, text, whole_number
from plugin.ports.errors import Rejected, Unavailable, Unreadable

BASE: Final = "https://api.17track.net/track/v2.4"
BATCH: Final = 40
ALREADY_REGISTERED: Final = -18019901
NOT_REGISTERED: Final = -18019902
NO_QUOTA: Final = frozenset({-18019907, -18019908})
"""The day's limit is reached; the quota is used up."""
_BAD_KEY: Final = -18010002
_THEIR_FAULT: Final = -18010003
_NOT_ALLOWED: Final = frozenset({-18010001, -18010004, -18010005})
"""This address is not on the account's list; the account is closed; it may not do this."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """What became of the numbers of one request: those taken, and the code each other one was rejected with."""

    accepted: tuple[Json, ...]
    rejected: dict[str, int]


class SeventeenTrackClient:
    """One account over a session whose time-outs are the session's."""

    def __init__(self, key: str, session: Session, base: str = BASE) -> None:
        self._headers = {"17token": key}
        self._session = session
        self._base = base

    def register(self, numbers: Sequence[Json], now: datetime) -> Sorted:
        """Has numbers followed: at most `BATCH`, a quota each. Raises as `CarrierSource.ask` does."""
        return self._post("register", numbers, now)

    def info(self, numbers: Sequence[Json], now: datetime) -> Sorted:
        """All that is known of registered numbers: at most `BATCH`. Raises as `CarrierSource.ask` does."""
        return self._post("gettrackinfo", numbers, now)

    def change(self, numbers: Sequence[Json], now: datetime) -> Sorted:
        """Has numbers followed at another carrier, five times each at no charge. Raises as `CarrierSource.ask` does."""
        return self._post("changecarrier", numbers, now)

    def _post(self, path: str, numbers: Sequence[Json], now: datetime) -> Sorted:
        question = Question("POST", f"{self._base}/{path}", self._headers, body=list(numbers))
        answer = json_answer(self._session, question, now)
        told = record(answer.content)
        data = record(told.get("data"))
        codes = [whole_number(each, "code") for each in (told, *records(data.get("errors")))]
        _check([code for code in codes if code])
        if not isinstance(data.get("accepted"), list) and not isinstance(data.get("rejected"), list):
            raise Unreadable("field_missing", "data.accepted")
        return Sorted(tuple(records(data.get("accepted"))), _rejected(data))


def _check(codes: Sequence[int]) -> None:
    """Raises for codes that concern the whole request."""
    for code in codes:
        detail = str(code)
        if code == _THEIR_FAULT:
            raise Unavailable("carrier_unavailable", detail=detail)
        if code == _BAD_KEY:
            raise Rejected("bad_keys", detail=detail)
        if code in NO_QUOTA:
            raise Rejected("no_quota", detail=detail)
        raise Rejected("not_allowed" if code in _NOT_ALLOWED else "not_understood", detail=detail)


def _rejected(data: Json) -> dict[str, int]:
    found = {}
    for row in records(data.get("rejected")):
        number = text(row, "number")
        if number is not None:
            found[number.upper()] = whole_number(record(row.get("error")), "code") or 0
    return found
