"""GLS Track and Trace API v1: ten numbers a question, times with their zone.

Its codes of events are not published, but two, and the state of the parcel; that is told as an event of its own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from karrio.mappers.gls.settings import Settings
from karrio.providers.gls import tracking

from integrations.carriers.karrio.worker import sdk
from integrations.carriers.karrio.worker.answers import Answer, Event, place
from integrations.carriers.karrio.worker.line import Line, Tokens, bearer, by_client
from integrations.json_answers import Question
from integrations.json_reading import Json, moment, records, text, verbatim
from plugin.ports.errors import Unavailable, Unreadable

ADDRESS: Final = "https://api.gls-group.net"
_SETTINGS: Final = sdk.offline(Settings)
_THEIR_FAULT: Final = "E_500"


class Gls:
    """One account: the id and secret of an app."""

    slug = "gls"
    teller = "gls"

    def __init__(self, keys: Mapping[str, str], line: Line) -> None:
        self._line = line
        login = keys.get("client_id", ""), keys.get("client_secret", "")
        address, form = line.to("oauth2", "v2", "token"), {"grant_type": "client_credentials"}
        self._tokens = Tokens(by_client(line, Question("POST", address, {}, form=form, login=login)))

    def ask(self, numbers: Sequence[str], now: datetime) -> Mapping[str, Answer]:
        """As `Carrier` says."""
        body = self._tokens.parcel(lambda token: self._asked(numbers, token, now), now)
        if body is None:
            return {}
        if not isinstance(body.get("parcels"), list):
            raise Unreadable("field_missing", "parcels")
        told = {text(each, "requested"): _answer(each) for each in records(body["parcels"])}
        return {number: answer for number in numbers if (answer := told.get(number)) is not None}

    def _asked(self, numbers: Sequence[str], token: str, now: datetime) -> Json | None:
        address = self._line.to("track-and-trace-v1", "tracking", "simple", "trackids", ",".join(numbers))
        headers = {**bearer(token), "Accept-Language": "en"}
        return self._line.parcel(Question("GET", address, headers), now)


def _answer(parcel: Json) -> Answer | None:
    """None: there is no such parcel. Raises `Unavailable` where GLS could not look."""
    code = text(parcel, "errorCode")
    if code is not None:
        if code.startswith(_THEIR_FAULT):
            raise Unavailable("carrier_unavailable", detail=code)
        return None
    scans = tuple(event for event in map(_event, records(parcel.get("events"))) if event is not None)
    state = _state(parcel)
    details = sdk.read(tracking, _SETTINGS, {"parcels": [parcel]})
    return Answer((*scans, state) if state else scans, details)


def _event(row: Json) -> Event | None:
    """None: it has no time. Its code says what and how: `DELIVD.PARCELSHOP`."""
    said_at, code = moment(row, "eventDateTime"), text(row, "code") or ""
    if said_at is None:
        return None
    return Event(
        said_at=said_at,
        status=code.partition(".")[0],
        finer=code,
        message=text(row, "description"),
        place=place(row, country="country", state="", postcode="postalCode", city="city"),
        raw=verbatim(row),
    )


def _state(parcel: Json) -> Event | None:
    """The parcel's own state and since when; None: not told."""
    since, status = moment(parcel, "statusDateTime"), text(parcel, "status")
    if since is None or status is None:
        return None
    return Event(since, status, raw=verbatim({name: parcel.get(name) for name in ("status", "statusDateTime")}))
