"""AfterShip's Tracking API 2026-07, as documented: numbers are created one by one and read many at once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from tests.support.carriers.server import Json, Reply, Request
from tests.support.repository import ROOT

SAMPLES: Json = json.loads((ROOT / "tests/support/carriers/aftership.json").read_text())
DELIVERED: Json = SAMPLES["delivered"]
NUMBER: str = DELIVERED["tracking_number"]


def checkpoint(tag: str, time: str | None, **told: object) -> Json:
    """One checkpoint, as documented."""
    return {
        "slug": "yunexpress",
        "checkpoint_time": time,
        "tag": tag,
        "message": "Scanned",
        "source": "carrier",
        **told,
    }


def tracking(checkpoints: list[Json], **told: object) -> Json:
    """What is known of a number with one carrier: YunExpress."""
    plain = {"tracking_number": "YT2607821272012345", "slug": "yunexpress", "tag": "InTransit"}
    return {**plain, "checkpoints": checkpoints, **told}


def failed(status: int, code: int, message: str) -> Reply:
    """A refusal in AfterShip's envelope."""
    return Reply(status, {"meta": {"code": code, "message": message, "type": "BadRequest"}, "data": {}})


@dataclass(slots=True)
class AfterShipService:
    """One account. `known`: what it can tell, by number; `created`: whom it follows; `refused`: codes by number."""

    key: str = "a-key-of-aftership"
    known: dict[str, list[Json]] = field(default_factory=lambda: {NUMBER: [DELIVERED]})
    created: list[str] = field(default_factory=lambda: [NUMBER, "ZZ000000005ZZ"])
    refused: dict[str, int] = field(default_factory=dict)

    def answer(self, request: Request) -> Reply:
        if request.headers.get("as-api-key") != self.key:
            return failed(401, 401, "The API key is invalid.")
        if request.path != "/trackings":
            return failed(404, 404, "The URI requested is invalid.")
        return self._create(request.body) if request.method == "POST" else self._list(request.query)

    def _create(self, wanted: Json) -> Reply:
        number = wanted["tracking_number"]
        if number in self.refused:
            return failed(400, self.refused[number], "Unable to import shipment.")
        if number in self.created:
            return failed(400, 4003, "Tracking already exists.")
        self.created.append(number)
        return Reply(201, {"meta": {"code": 201}, "data": {**wanted, "tag": "Pending", "checkpoints": []}})

    def _list(self, query: object) -> Reply:
        asked = dict(query)["tracking_numbers"].split(",")  # type: ignore[call-overload]  # as the query has it
        if len(asked) > 50:
            return failed(400, 400, "Too many numbers.")
        pending = {"slug": None, "tag": "Pending", "checkpoints": []}
        rows: list[Json] = []
        for number in asked:
            if number in self.created:
                rows += self.known.get(number) or [{"tracking_number": number, **pending}]
        page = {"total": len(rows), "next_cursor": None, "has_next_page": False}
        return Reply(200, {"meta": {"code": 200}, "data": {"pagination": page, "trackings": rows}})
