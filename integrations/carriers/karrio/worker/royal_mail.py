"""Royal Mail Tracking API v2: one number a question, times with their zone, codes of events that nobody publishes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from karrio.mappers.royalmail.settings import Settings
from karrio.providers.royalmail import tracking

from integrations.carriers.karrio.worker import sdk
from integrations.carriers.karrio.worker.answers import Answer, Event, forecast
from integrations.carriers.karrio.worker.carrier import each_alone, is_about
from integrations.carriers.karrio.worker.line import Line
from integrations.json_answers import Question
from integrations.json_reading import Json, day, moment, record, records, text, verbatim
from plugin.domain.tracking.report import EventPlace
from plugin.ports.errors import Unreadable

ADDRESS: Final = "https://api.royalmail.net"
_SETTINGS: Final = sdk.offline(Settings, client_id="", client_secret="")


class RoyalMail:
    """One account: the id and secret of an app."""

    slug = "royal-mail"
    teller = "royal-mail"

    def __init__(self, keys: Mapping[str, str], line: Line) -> None:
        self._line = line
        keys_of_app = {
            "X-IBM-Client-Id": keys.get("client_id", ""),
            "X-IBM-Client-Secret": keys.get("client_secret", ""),
        }
        self._headers = {**keys_of_app, "X-Accept-RMG-Terms": "yes"}

    def ask(self, numbers: Sequence[str], now: datetime) -> Mapping[str, Answer]:
        """As `Carrier` says."""
        return each_alone(numbers, lambda number: self._one(number, now))

    def _one(self, number: str, now: datetime) -> Answer | None:
        address = self._line.to("mailpieces", "v2", number, "events")
        body = self._line.parcel(Question("GET", address, self._headers), now)
        if body is None:
            return None
        if not isinstance(body.get("mailPieces"), dict):
            raise Unreadable("field_missing", "mailPieces")
        return _answer(body["mailPieces"]) if is_about(body, number) else None


def _answer(piece: Json) -> Answer:
    summary, expected = record(piece.get("summary")), record(piece.get("estimatedDelivery"))
    found = [_event(each, summary) for each in records(piece.get("events"))]
    events = tuple(event for event in found if event is not None)
    days = forecast(day(expected, "startOfEstimatedWindow"), day(expected, "endOfEstimatedWindow"))
    details = sdk.read(tracking, _SETTINGS, [{"mailPieces": piece}])
    return Answer(events, details, days or forecast(day(expected, "date"), None))


def _event(row: Json, summary: Json) -> Event | None:
    """None: it has no time. The last one has the summary's category, for codes nobody knows."""
    said_at = moment(row, "eventDateTime")
    if said_at is None:
        return None
    is_last = (row.get("eventCode"), row.get("eventDateTime")) == (
        summary.get("lastEventCode"),
        summary.get("lastEventDateTime"),
    )
    return Event(
        said_at=said_at,
        status=(text(summary, "statusCategory") if is_last else None) or "",
        finer=text(row, "eventCode"),
        message=text(row, "eventName"),
        place=EventPlace(words=text(row, "locationName")),
        raw=verbatim(row),
    )
