"""Pigeon Post as its documents would have it."""

from __future__ import annotations

from tests.support.carriers.server import Reply, Request

NUMBER = "PIGEON-7"
FLIGHTS = [{"was": "took off", "at": "2026-03-16T08:00:00+01:00"}, {"was": "landed", "at": "2026-03-18T10:30:00+01:00"}]


class PigeonService:
    """Knows one parcel and one key."""

    def answer(self, request: Request) -> Reply:
        if request.headers.get("authorization") != "Bearer crumbs":
            return Reply(401, {})
        if request.query.get("number") != NUMBER:
            return Reply(404, {})
        return Reply(body={"number": NUMBER, "flights": FLIGHTS})
