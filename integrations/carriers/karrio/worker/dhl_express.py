"""MyDHL API 3.1 (DHL Express): one number a question, local times with their offset when asked for, a code each."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from karrio.mappers.mydhl.settings import Settings
from karrio.providers.mydhl import tracking

from integrations.carriers.karrio.worker import sdk
from integrations.carriers.karrio.worker.answers import Answer, Event, forecast, local_time, with_offset
from integrations.carriers.karrio.worker.carrier import each_alone, is_about
from integrations.carriers.karrio.worker.line import Line
from integrations.json_answers import Question
from integrations.json_reading import Json, day, records, text, verbatim
from plugin.domain.tracking.report import EventPlace
from plugin.ports.errors import Unreadable

ADDRESS: Final = "https://express.api.dhl.com/mydhlapi"
_SETTINGS: Final = sdk.offline(Settings, username="", password="")
_QUERY: Final = {"trackingView": "all-checkpoints", "levelOfDetail": "shipment", "requestGMTOffsetPerEvent": "true"}
_COUNTRY: Final = re.compile(r"[- ]([A-Z]{2})$")
"""How a service area's description ends: `Brisbane-AU`."""


class DhlExpress:
    """One account: the user and password of an app."""

    slug = "dhl"
    teller = "dhl-express"

    def __init__(self, keys: Mapping[str, str], line: Line) -> None:
        self._line = line
        self._login = keys.get("username", ""), keys.get("password", "")

    def ask(self, numbers: Sequence[str], now: datetime) -> Mapping[str, Answer]:
        """As `Carrier` says."""
        return each_alone(numbers, lambda number: self._one(number, now))

    def _one(self, number: str, now: datetime) -> Answer | None:
        address = self._line.to("shipments", number, "tracking")
        body = self._line.parcel(Question("GET", address, {}, _QUERY, login=self._login), now)
        if body is None:
            return None
        if not isinstance(body.get("shipments"), list):
            raise Unreadable("field_missing", "shipments")
        shipment = next((each for each in records(body["shipments"]) if is_about(each, number)), None)
        return None if shipment is None else _answer(shipment)


def _answer(shipment: Json) -> Answer:
    events = tuple(event for event in map(_event, records(shipment.get("events"))) if event is not None)
    expected = forecast(day(shipment, "estimatedDeliveryDate") or day(shipment, "estimatedTimeOfDelivery"), None)
    return Answer(events, sdk.read(tracking, _SETTINGS, {"shipments": [shipment]}), expected)


def _event(row: Json) -> Event | None:
    """None: it has no time."""
    local = local_time(f"{text(row, 'date')}T{text(row, 'time')}", "%Y-%m-%dT%H:%M:%S")
    said_at = with_offset(local, text(row, "GMTOffset"))
    if said_at is None:
        return None
    areas = records(row.get("serviceArea"))
    where = text(areas[0], "description") if areas else None
    country = _COUNTRY.search(where or "")
    return Event(
        said_at=said_at,
        status=text(row, "typeCode") or "",
        message=text(row, "description"),
        place=EventPlace(country[1] if country else None, words=where),
        raw=verbatim(row),
    )
