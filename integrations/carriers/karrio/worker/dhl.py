"""DHL Shipment Tracking - Unified, API 1.5: one number a question, most times without a zone, five states."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from karrio.mappers.dhl_universal.settings import Settings
from karrio.providers.dhl_universal import tracking

from integrations.carriers.karrio.worker import sdk
from integrations.carriers.karrio.worker.answers import Answer, Event, forecast, place
from integrations.carriers.karrio.worker.carrier import each_alone, is_about
from integrations.carriers.karrio.worker.line import Line
from integrations.json_answers import Question
from integrations.json_reading import Json, day, moment, record, records, text, verbatim
from plugin.ports.carrier import Forecast
from plugin.ports.errors import Unreadable

ADDRESS: Final = "https://api-eu.dhl.com"
_SETTINGS: Final = sdk.offline(Settings)


class Dhl:
    """One account: the key of an app."""

    slug = "dhl"
    teller = "dhl"

    def __init__(self, keys: Mapping[str, str], line: Line) -> None:
        self._line = line
        self._headers = {"DHL-API-Key": keys.get("api_key", "")}

    def ask(self, numbers: Sequence[str], now: datetime) -> Mapping[str, Answer]:
        """As `Carrier` says."""
        return each_alone(numbers, lambda number: self._one(number, now))

    def _one(self, number: str, now: datetime) -> Answer | None:
        query = {"trackingNumber": number, "language": "en"}
        body = self._line.parcel(Question("GET", self._line.to("track", "shipments"), self._headers, query), now)
        if body is None:
            return None
        if not isinstance(body.get("shipments"), list):
            raise Unreadable("field_missing", "shipments")
        shipment = next((each for each in records(body["shipments"]) if is_about(each, number)), None)
        return None if shipment is None else _answer(shipment)


def _answer(shipment: Json) -> Answer:
    events = tuple(event for event in map(_event, records(shipment.get("events"))) if event is not None)
    return Answer(events, sdk.read(tracking, _SETTINGS, [{"shipments": [shipment]}]), _forecast(shipment))


def _event(row: Json) -> Event | None:
    """None: it has no time."""
    said_at = moment(row, "timestamp")
    if said_at is None:
        return None
    address = record(record(row.get("location")).get("address"))
    return Event(
        said_at=said_at,
        status=text(row, "statusCode") or "",
        message=text(row, "description", "status"),
        place=place(address, country="countryCode", state="region", postcode="postalCode", city="addressLocality"),
        raw=verbatim(row),
    )


def _forecast(shipment: Json) -> Forecast | None:
    frame = record(shipment.get("estimatedDeliveryTimeFrame"))
    expected = day(shipment, "estimatedTimeOfDelivery")
    return forecast(day(frame, "estimatedFrom") or expected, day(frame, "estimatedThrough") or expected)
