"""FedEx Track API v1: thirty numbers a question, scans with their zone.

A number that FedEx has used again has a result for each time; the one with the latest scan counts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from karrio.mappers.fedex.settings import Settings
from karrio.providers.fedex import tracking

from integrations.carriers.karrio.worker import sdk
from integrations.carriers.karrio.worker.answers import Answer, Event, forecast, place
from integrations.carriers.karrio.worker.line import Line, Tokens, bearer, by_client
from integrations.json_answers import Question
from integrations.json_reading import Json, day, moment, record, records, text, verbatim
from plugin.ports.carrier import Forecast
from plugin.ports.errors import Unavailable, Unreadable

ADDRESS: Final = "https://apis.fedex.com"
_SETTINGS: Final = sdk.offline(Settings)
_THEIR_FAULT: Final = ("SYSTEM.", "SERVICE.", "INTERNAL.")
"""How the codes of errors begin that say nothing of the number."""


class FedEx:
    """One account: the key and secret of a project with the Track API."""

    slug = "fedex"
    teller = "fedex"

    def __init__(self, keys: Mapping[str, str], line: Line) -> None:
        self._line = line
        form = {"grant_type": "client_credentials", "client_id": keys.get("api_key", "")}
        form["client_secret"] = keys.get("secret_key", "")
        self._tokens = Tokens(by_client(line, Question("POST", line.to("oauth", "token"), {}, form=form)))

    def ask(self, numbers: Sequence[str], now: datetime) -> Mapping[str, Answer]:
        """As `Carrier` says."""
        body = self._tokens.parcel(lambda token: self._asked(numbers, token, now), now)
        if body is None:
            return {}
        results = record(body.get("output")).get("completeTrackResults")
        if not isinstance(results, list):
            raise Unreadable("field_missing", "output.completeTrackResults")
        told = {text(each, "trackingNumber"): _answer(each) for each in records(results)}
        return {number: answer for number in numbers if (answer := told.get(number)) is not None}

    def _asked(self, numbers: Sequence[str], token: str, now: datetime) -> Json | None:
        body = tracking.tracking_request(sdk.asked_for(list(numbers)), _SETTINGS).serialize()
        headers = {**bearer(token), "X-locale": "en_US"}
        return self._line.parcel(
            Question("POST", self._line.to("track", "v1", "trackingnumbers"), headers, body=body), now
        )


def _answer(result: Json) -> Answer | None:
    """None: there is no such parcel. Raises `Unavailable` where FedEx could not look."""
    tracks = records(result.get("trackResults"))
    codes = [text(record(each.get("error")), "code") or "" for each in tracks]
    if any(code.startswith(_THEIR_FAULT) for code in codes):
        raise Unavailable("carrier_unavailable", detail=", ".join(codes))
    known = [each for each, code in zip(tracks, codes, strict=True) if not code]
    if not known:
        return None
    latest = max(known, key=_last_scan)
    scans = records(latest.get("scanEvents"))
    events = tuple(event for event in map(_event, scans) if event is not None)
    alone = {"output": {"completeTrackResults": [{**result, "trackResults": [latest]}]}}
    return Answer(events, sdk.read(tracking, _SETTINGS, alone), _forecast(latest))


def _last_scan(track: Json) -> str:
    """Of results for one number: years apart, so that the text of the time will do."""
    return max((text(scan, "date") or "" for scan in records(track.get("scanEvents"))), default="")


def _event(scan: Json) -> Event | None:
    """None: it has no time."""
    said_at = moment(scan, "date")
    if said_at is None:
        return None
    address = record(scan.get("scanLocation"))
    return Event(
        said_at=said_at,
        status=text(scan, "eventType", "derivedStatusCode") or "",
        message=text(scan, "exceptionDescription", "eventDescription", "derivedStatus"),
        place=place(address, country="countryCode", state="stateOrProvinceCode", postcode="postalCode", city="city"),
        raw=verbatim(scan),
    )


def _forecast(track: Json) -> Forecast | None:
    window = record(record(track.get("estimatedDeliveryTimeWindow")).get("window"))
    return forecast(day(window, "begins"), day(window, "ends"))
