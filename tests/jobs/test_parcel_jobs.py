"""From what a carrier tells to the shopper's mail: heard, queued, carried out by the worker, and by its clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from plugin.documents.parcel_letters import parcel_letter
from plugin.domain.effects import Effect, FollowShipments, MarkRefused, SendMail
from plugin.jobs import handlers
from plugin.jobs.tracking import TRACKING_JOBS
from plugin.ports.carrier import Told
from plugin.ports.deps import Deps
from plugin.usecases.tracking.apply_told import apply_told
from tests.build import MERCHANT
from tests.domain.tracking.exceptions.parcels import DAY, a_shipment
from tests.domain.tracking.reports import S, at, scan
from tests.fakes.deps import fake_deps
from tests.fakes.sources import FakeClock
from tests.support.alerts import BASE_URL, LAW, PARCEL, ParcelDesk


def worker(desk: ParcelDesk, days: float) -> Deps:
    """Return what the worker has at that time."""
    letter, clock = parcel_letter(LAW, BASE_URL), FakeClock(at(days * DAY))
    return replace(fake_deps(desk.units, LAW), parcel_letter=letter, clock=clock, actions=desk.means.actions)


def queued(desk: ParcelDesk, kind: type[Effect]) -> list[Effect]:
    return [each for each in desk.units.effects(MERCHANT) if isinstance(each, kind)]


def test_what_a_carrier_tells_is_mailed_to_the_shopper_once() -> None:
    desk = ParcelDesk()
    told = Told(a_shipment().number.number, is_known=True, carrier="dhl", reports=(scan(S.FAILED_ATTEMPT, 30),))
    apply_told([told], None, merchant=MERCHANT, units=desk.units, now=at(1.5 * DAY))
    effect = FollowShipments(MERCHANT, (PARCEL,))
    assert queued(desk, FollowShipments) == [effect]
    for _ in range(2):
        handlers.run(effect, worker(desk, 1.5))
    mail = "alert-s1-failed_attempt-1"
    assert [each for each in queued(desk, SendMail) if each == SendMail(MERCHANT, mail)] == [SendMail(MERCHANT, mail)]
    assert mail in desk.mails


def test_the_clock_finds_what_nobody_tells_of() -> None:
    desk = ParcelDesk()
    desk.hear(scan(S.IN_TRANSIT, 10), days=1)
    _, job = TRACKING_JOBS["raise_due_alerts"]
    job(worker(desk, 5), at(5 * DAY))
    assert desk.alerts == []
    job(worker(desk, 8), at(8 * DAY))
    job(worker(desk, 8.01), at(8 * DAY) + timedelta(minutes=5))
    assert [each.id for each in desk.alerts] == ["s1-no_scan-1"]
    assert not queued(desk, MarkRefused)
