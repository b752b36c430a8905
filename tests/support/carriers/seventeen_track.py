"""17TRACK's Tracking API v2.4, as documented: numbers are registered, then asked about; each is taken or rejected."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.support.carriers.server import Json, Reply, Request
from tests.support.repository import ROOT

SAMPLES: Json = json.loads((ROOT / "tests/support/carriers/seventeen_track.json").read_text())
DELIVERED: Json = SAMPLES["delivered"]
NUMBER: str = DELIVERED["number"]
MESSAGES = {
    -18010002: "Invalid security key.",
    -18019901: "The tracking number has already been registered.",
    -18019902: "The tracking number is not registered yet. Register first.",
    -18019903: "Carrier cannot be detected.",
    -18019908: "Insufficient quotas.",
    -18019909: "No tracking information at this time.",
}


def event(sub_status: str | None, time_iso: str | None, **told: object) -> Json:
    """One event, as documented."""
    clock = {"date": None, "time": None, "timezone": None}
    plain = {"time_iso": time_iso, "time_utc": None, "time_raw": clock, "description": "Scanned", "location": None}
    return {**plain, "stage": None, "sub_status": sub_status, "address": {"country": None}, **told}


def entry(events: list[Json], **told: object) -> Json:
    """What is known of a number with one carrier: YunExpress."""
    provider = {"provider": {"key": 190008, "name": "YunExpress"}, "service_type": None, "events": events}
    info = {"latest_status": {"status": "InTransit"}, "tracking": {"providers": [provider]}, **told}
    return {"number": "YT2607821272012345", "carrier": 190008, "track_info": info}


@dataclass(slots=True)
class SeventeenTrackService:
    """One account. `known`: what it can tell, by number; `registered`: whom it follows; `codes`: what it rejects."""

    key: str = "a-key-of-17track"
    known: dict[str, list[Json]] = field(default_factory=lambda: {NUMBER: [DELIVERED]})
    registered: set[str] = field(default_factory=lambda: {NUMBER, "ZZ000000005ZZ"})
    codes: dict[str, int] = field(default_factory=dict)
    quota: int = 100

    def answer(self, request: Request) -> Reply:
        if request.headers.get("17token") != self.key:
            told = {"code": -18010002, "data": {"errors": [{"code": -18010002, "message": MESSAGES[-18010002]}]}}
            return Reply(401, told)
        if request.method != "POST" or len(request.body) > 40:
            return Reply(404)
        asks = {"/register": self._registered, "/gettrackinfo": self._told, "/changecarrier": self._moved}[request.path]
        accepted: list[Json] = []
        rejected: list[Json] = []
        for wanted in request.body:
            found = asks(wanted)
            if isinstance(found, int):
                error = {"code": found, "message": MESSAGES.get(found, "")}
                rejected.append({"number": wanted["number"], "error": error})
            else:
                accepted += found
        return Reply(200, {"code": 0, "data": {"accepted": accepted, "rejected": rejected}})

    def _registered(self, wanted: Json) -> list[Json] | int:
        number = wanted["number"]
        if number in self.registered:
            return -18019901
        if number in self.codes:
            return self.codes[number]
        if not self.quota:
            return -18019908
        self.quota -= 1
        self.registered.add(number)
        return [{"origin": 1, "number": number, "carrier": wanted.get("carrier", 3011), "tag": None}]

    def _moved(self, wanted: Json) -> list[Json] | int:
        if wanted["number"] not in self.registered:
            return -18019902
        for known in self.known.get(wanted["number"], ()):
            known["carrier"] = wanted["carrier_new"]
        return [{"number": wanted["number"], "carrier": wanted["carrier_new"]}]

    def _told(self, wanted: Json) -> list[Any] | int:
        number = wanted["number"]
        if number not in self.registered:
            return -18019902
        return self.known.get(number) or -18019909
