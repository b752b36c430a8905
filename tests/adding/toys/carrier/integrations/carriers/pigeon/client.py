"""Requests to Pigeon Post: one number a question."""

from datetime import datetime
from http import HTTPStatus
from typing import Final

from requests import Session

from integrations.json_answers import Question, json_answer
from integrations.json_reading import Json, record
from plugin.ports.errors import Rejected, Unreadable

BASE: Final = "https://pigeons.example"


class PigeonClient:
    """One account over a session whose time-outs are the session's."""

    def __init__(self, key: str, session: Session, base: str = BASE) -> None:
        self._headers = {"authorization": f"Bearer {key}"}
        self._session = session
        self._base = base

    def read(self, number: str, now: datetime) -> Json | None:
        """What is known of a number; None: nothing. Raises as `CarrierSource.ask` does."""
        question = Question("GET", f"{self._base}/parcels", self._headers, {"number": number})
        answer = json_answer(self._session, question, now)
        if answer.status == HTTPStatus.NOT_FOUND:
            return None
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise Rejected("not_understood")
        parcel = record(answer.content)
        if not parcel:
            raise Unreadable("not_an_object", "body")
        return parcel
