"""USPS Tracking API v3: one number a question; local times with GMT beside, countries by name or not at all at home."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from karrio.mappers.usps.settings import Settings
from karrio.providers.usps import tracking

from integrations.carriers.karrio.worker import sdk
from integrations.carriers.karrio.worker.answers import Answer, Event, forecast, place, with_offset
from integrations.carriers.karrio.worker.carrier import each_alone, is_about
from integrations.carriers.karrio.worker.line import Line, Tokens, bearer, by_client
from integrations.json_answers import Question
from integrations.json_reading import Json, day, moment, records, text, verbatim
from plugin.ports.errors import Unreadable

ADDRESS: Final = "https://apis.usps.com"
_SETTINGS: Final = sdk.offline(Settings)


class Usps:
    """One account: the consumer key and secret of an app."""

    slug = "usps"
    teller = "usps"

    def __init__(self, keys: Mapping[str, str], line: Line) -> None:
        self._line = line
        form = {"grant_type": "client_credentials", "client_id": keys.get("client_id", ""), "scope": "tracking"}
        form["client_secret"] = keys.get("client_secret", "")
        self._tokens = Tokens(by_client(line, Question("POST", line.to("oauth2", "v3", "token"), {}, form=form)))

    def ask(self, numbers: Sequence[str], now: datetime) -> Mapping[str, Answer]:
        """As `Carrier` says."""
        return each_alone(numbers, lambda number: self._one(number, now))

    def _one(self, number: str, now: datetime) -> Answer | None:
        body = self._tokens.parcel(lambda token: self._asked(number, token, now), now)
        return None if body is None else _answer(number, body)

    def _asked(self, number: str, token: str, now: datetime) -> Json | None:
        address = self._line.to("tracking", "v3", "tracking", number)
        return self._line.parcel(Question("GET", address, bearer(token), {"expand": "DETAIL"}), now)


def _answer(number: str, body: Json) -> Answer | None:
    if not isinstance(body.get("trackingEvents"), list):
        raise Unreadable("field_missing", "trackingEvents")
    if not is_about(body, number):
        return None
    found = [_event(each, body if turn == 0 else {}) for turn, each in enumerate(records(body["trackingEvents"]))]
    events = tuple(event for event in found if event is not None)
    expected = day(body, "expectedDeliveryDate") or day(body, "expectedDeliveryTimeStamp")
    return Answer(events, sdk.read(tracking, _SETTINGS, [(number, body)]), forecast(expected, None))


def _event(row: Json, standing: Json) -> Event | None:
    """None: it has no time. `standing`: the answer, for the newest event, whose category it has."""
    local = moment(row, "eventTimestamp")
    said_at = moment(row, "GMTTimestamp") or with_offset(local and local.replace(tzinfo=None), text(row, "GMTOffset"))
    if said_at is None:
        return None
    is_at_home = text(row, "eventCountry") is None and text(row, "eventState") is not None
    return Event(
        said_at=said_at,
        status=text(standing, "statusCategory") or text(row, "eventType") or "",
        finer=text(row, "eventCode"),
        message=text(row, "eventType"),
        place=place(
            {**row, "eventCountry": "US"} if is_at_home else row,
            country="eventCountry",
            state="eventState",
            postcode="eventZIP",
            city="eventCity",
        ),
        raw=verbatim(row),
    )
