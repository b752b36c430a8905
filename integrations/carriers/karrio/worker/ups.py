"""UPS Tracking API v1 (OpenAPI of 2026): one number a question; local times, since 2024 with their offset beside.

Signatures and photos are not asked for.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from secrets import token_hex
from typing import Final

from karrio.mappers.ups.settings import Settings
from karrio.providers.ups import tracking

from integrations.carriers.karrio.worker import sdk
from integrations.carriers.karrio.worker.answers import (
    Answer,
    Event,
    forecast,
    local_day,
    local_time,
    place,
    with_offset,
)
from integrations.carriers.karrio.worker.carrier import each_alone, is_about
from integrations.carriers.karrio.worker.line import Line, Tokens, bearer, by_client
from integrations.json_answers import Question
from integrations.json_reading import Json, record, records, text, verbatim
from plugin.ports.carrier import Forecast
from plugin.ports.errors import Unreadable

ADDRESS: Final = "https://onlinetools.ups.com"
_SETTINGS: Final = sdk.offline(Settings)


class Ups:
    """One account."""

    slug = "ups"
    teller = "ups"

    def __init__(self, keys: Mapping[str, str], line: Line) -> None:
        self._line = line
        login = keys.get("client_id", ""), keys.get("client_secret", "")
        address, form = line.to("security", "v1", "oauth", "token"), {"grant_type": "client_credentials"}
        self._tokens = Tokens(by_client(line, Question("POST", address, {}, form=form, login=login)))

    def ask(self, numbers: Sequence[str], now: datetime) -> Mapping[str, Answer]:
        """As `Carrier` says."""
        return each_alone(numbers, lambda number: self._one(number, now))

    def _one(self, number: str, now: datetime) -> Answer | None:
        body = self._tokens.parcel(lambda token: self._asked(number, token, now), now)
        return None if body is None else _answer(number, body)

    def _asked(self, number: str, token: str, now: datetime) -> Json | None:
        headers = {**bearer(token), "transId": token_hex(16), "transactionSrc": "aftercare"}
        query = {"locale": "en_US", "returnSignature": "false"}
        address = self._line.to("api", "track", "v1", "details", number)
        return self._line.parcel(Question("GET", address, headers, query), now)


def _answer(number: str, body: Json) -> Answer | None:
    """None: there is no such parcel, which UPS may say by a warning in place of the package."""
    shipments = records(record(body.get("trackResponse")).get("shipment"))
    if not shipments:
        raise Unreadable("field_missing", "trackResponse.shipment")
    packages = records(shipments[0].get("package"))
    if not packages or not is_about(shipments[0], number):
        return None
    package = next((each for each in packages if each.get("trackingNumber") == number), packages[0])
    activities = records(package.get("activity"))
    events = tuple(event for event in map(_event, activities) if event is not None)
    alone = {"trackResponse": {"shipment": [{**shipments[0], "package": [package]}]}}
    return Answer(events, sdk.read(tracking, _SETTINGS, [(number, alone)]), _forecast(package))


def _event(activity: Json) -> Event | None:
    """None: it has no time."""
    status, when = record(activity.get("status")), f"{text(activity, 'date')}{text(activity, 'time')}"
    said_at = with_offset(local_time(when, "%Y%m%d%H%M%S"), text(activity, "gmtOffset"))
    if said_at is None:
        return None
    address = record(record(activity.get("location")).get("address"))
    country = "countryCode" if text(address, "countryCode") else "country"
    return Event(
        said_at=said_at,
        status=text(status, "type") or "",
        finer=(text(status, "statusCode") or "").lstrip("0") or None,
        message=text(status, "description"),
        place=place(address, country=country, state="stateProvince", postcode="postalCode", city="city"),
        raw=verbatim(activity),
    )


def _forecast(package: Json) -> Forecast | None:
    """The day it is scheduled for, or was rescheduled to; DEL is when it was delivered, and no forecast."""
    days = {
        text(each, "type"): local_day(text(each, "date"), "%Y%m%d") for each in records(package.get("deliveryDate"))
    }
    return forecast(days.get("RDD") or days.get("SDD"), None)
