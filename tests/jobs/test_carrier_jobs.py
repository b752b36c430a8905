"""What is done by the clock about carriers, over real HTTP and storage: ask, rest, ask again, read what was pushed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from integrations.carrier_adapter import CarrierAdapter
from integrations.carriers import InstalledCarriers
from integrations.carriers.seventeen_track.adapter import SEVENTEEN_TRACK
from integrations.carriers.seventeen_track.client import SeventeenTrackClient
from integrations.carriers.seventeen_track.source import SeventeenTrack
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.breaking import CLOSED
from plugin.domain.tracking.shipment import Asking, Shipment, TrackedNumber
from plugin.jobs.schedule import periodic
from plugin.usecases.tracking.accept_push import accept_push
from tests.build import MERCHANT, an_order
from tests.fakes.sources import FakeClock
from tests.integrations.carrier_contract import impatient_session
from tests.support.admin import Installation, install
from tests.support.carriers.server import CarrierServer, Reply, serving
from tests.support.carriers.seventeen_track import NUMBER, SeventeenTrackService
from tests.support.log_lines import log_lines
from tests.support.shipments import a_shipment

KEY = "a-key-of-17track"
ARRIVED = datetime(2026, 3, 18, 9, tzinfo=UTC)
"""The day after the sample's parcel did."""


@dataclass(frozen=True, slots=True)
class Desk:
    installation: Installation
    server: CarrierServer

    def run(self, job: str) -> list[dict[str, object]]:
        run = periodic(self.installation.deps)[job].run
        with log_lines() as lines:
            run(self.installation.clock.now())
        return [dict(line) for line in lines if line["event"] == "job"]

    def parcel(self) -> Shipment:
        with self.installation.deps.units.read(MERCHANT) as unit:
            return unit.shipments.get(a_shipment().id)

    def account(self) -> CarrierAccount:
        with self.installation.deps.units.read(MERCHANT) as unit:
            found = unit.carrier_accounts.get("17track")
        assert found is not None
        return found


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    running = install(database_url, tmp_path, Law(load_rulebook(), HolidayCalendar()), FakeClock(ARRIVED))
    (order,) = running.keep(an_order())
    with serving(SeventeenTrackService(registered=set())) as server:
        client = SeventeenTrackClient(KEY, impatient_session(), server.address)
        kind = replace(SEVENTEEN_TRACK.kind, pause=timedelta())
        adapter = CarrierAdapter(kind, lambda _account, _session: SeventeenTrack(client), SEVENTEEN_TRACK.push)
        running.deps = replace(running.deps, carriers=InstalledCarriers({"17track": adapter}))
        parcel = replace(
            a_shipment(
                created_at=ARRIVED - timedelta(days=9), numbers=(TrackedNumber(NUMBER),), asking=Asking(ARRIVED)
            ),
            order=order,
            shop=running.shop(MERCHANT),
        )
        with running.deps.units(MERCHANT) as unit:
            unit.carrier_accounts.save(CarrierAccount("17track", {"key": KEY}, "token", ARRIVED))
            unit.shipments.save([parcel])
            unit.commit()
        yield Desk(running, server)
    running.storage.close()


def test_a_due_parcel_is_registered_asked_about_and_told_of(desk: Desk) -> None:
    (first,) = desk.run("ask_carriers")
    assert (first["kind"], first["unknown"], first["fault"]) == ("17track", 1, None)
    desk.installation.clock.advance(timedelta(hours=1))
    (then,) = desk.run("ask_carriers")
    assert then["known"] == 1
    assert [request.path for request in desk.server.asked] == ["/register", "/gettrackinfo"]
    parcel = desk.parcel()
    assert parcel.whereabouts.status is DeliveryStatus.DELIVERED
    assert [each.carrier for each in parcel.numbers] == ["cainiao", "dhl"]
    assert desk.run("ask_carriers") == []


def test_a_service_that_fails_rests_and_is_asked_again_by_itself(desk: Desk) -> None:
    desk.server.fail(*[Reply(500)] * 3)
    for _ in range(3):
        (turn,) = desk.run("ask_carriers")
        assert (turn["fault"], turn["put_off"]) == ("unavailable", 1)
        desk.installation.clock.advance(timedelta(minutes=1))
    assert desk.account().breaker.failures == 3
    assert desk.parcel().asking.misses == 0
    (turn,) = desk.run("ask_carriers")
    assert turn["fault"] is None
    assert desk.account().breaker == CLOSED


def test_what_was_pushed_is_read_and_what_nobody_could_read_is_swept_one_day(desk: Desk) -> None:
    at, clock = desk.installation.deps, desk.installation.clock
    for body in (b'{"event": "TEST"}', b"no json"):
        accept_push(body, desk.account(), merchant=MERCHANT, units=at.units, ids=at.ids, now=clock.now())
    (drained,) = desk.run("drain_pushes")
    assert (drained["applied"], drained["parked"]) == (1, 1)
    assert desk.run("sweep_pushes") == []
    clock.advance(timedelta(days=31))
    assert [line["job"] for line in desk.run("sweep_pushes")] == ["sweep_pushes"]
    with at.units.read(MERCHANT) as unit:
        assert unit.carrier_pushes.parked(10) == []
