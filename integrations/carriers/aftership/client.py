"""Requests to AfterShip: one number is created at a time, many are read at once."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Final

from requests import Session

from integrations.json_answers import JsonAnswer, Question, json_answer
from integrations.json_reading import Json, record, records, text, whole_number
from plugin.ports.errors import Rejected, Unreadable

BASE: Final = "https://api.aftership.com/tracking/2026-07"
BATCH: Final = 20
"""Numbers of one question: twenty may be created in a second, fifty read at once."""
_MOST_ROWS: Final = "200"
_EXISTS: Final = 4003
_OF_THE_NUMBER: Final = range(4004, 4018)
"""Codes that concern this number only: its format, its carrier, a field that its carrier wants."""


class AfterShipClient:
    """One account over a session whose time-outs are the session's."""

    def __init__(self, key: str, session: Session, base: str = BASE) -> None:
        self._headers = {"as-api-key": key}
        self._session = session
        self._base = base

    def create(self, tracking: Json, now: datetime) -> bool:
        """Has a number followed; False: this one cannot be. Raises as `CarrierSource.ask` does."""
        answer = self._ask(Question("POST", f"{self._base}/trackings", self._headers, body=tracking), now)
        code = _code(answer)
        if answer.status < HTTPStatus.BAD_REQUEST or code == _EXISTS:
            return True
        if code in _OF_THE_NUMBER:
            return False
        raise _refusal(answer)

    def read(self, numbers: Sequence[str], now: datetime) -> list[Json]:
        """What it tells of these, of one number perhaps under several carriers. Raises as `CarrierSource.ask` does."""
        query = {"tracking_numbers": ",".join(numbers), "limit": _MOST_ROWS}
        answer = self._ask(Question("GET", f"{self._base}/trackings", self._headers, query), now)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise _refusal(answer)
        rows = record(record(answer.content).get("data")).get("trackings")
        if not isinstance(rows, list):
            raise Unreadable("field_missing", "data.trackings")
        return records(rows)

    def _ask(self, question: Question, now: datetime) -> JsonAnswer:
        answer = json_answer(self._session, question, now)
        if not isinstance(answer.content, dict):
            raise Unreadable("not_an_object", "body")
        return answer


def _code(answer: JsonAnswer) -> int | None:
    return whole_number(record(record(answer.content).get("meta")), "code")


def _refusal(answer: JsonAnswer) -> Rejected:
    meta = record(record(answer.content).get("meta"))
    return Rejected("not_understood", detail=f"{_code(answer)} {text(meta, 'message') or ''}".strip())
