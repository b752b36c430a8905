"""What carriers push: verified before it is read, kept before it is answered, and no stranger learns anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

from integrations.carriers import carriers
from plugin.domain.clocks.engine import Law
from plugin.domain.ids import MerchantId
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.push import Push
from plugin.usecases.tracking.drain_pushes import drain_pushes
from plugin.web.deps import provide
from plugin.web.webhooks.carriers import MOST_BYTES
from tests.build import MERCHANT, NOW, a_shop, a_stored_order
from tests.support.admin import Installation, install
from tests.support.shipments import NUMBER, a_shipment

KEY = "17track-key-of-nordkap"
ACCOUNT = CarrierAccount("17track", {"key": KEY}, "Zk3-unguessable", NOW)
PUSHED = b"""{"event": "TRACKING_UPDATED", "data": {"number": "%s", "carrier": 7041, "track_info": {
 "latest_status": {"status": "Delivered", "sub_status": "Delivered_Other"},
 "tracking": {"providers": [{"provider": {"key": 7041, "name": "DHL"}, "events": [{
   "time_iso": "2026-11-20T14:03:00+01:00", "time_utc": "2026-11-20T13:03:00Z", "description": "Delivered",
   "stage": "Delivered", "sub_status": "Delivered_Other"}]}]}}}}""" % NUMBER.encode()
"""After the example in 17TRACK's documentation, "Webhook", "TRACKING_UPDATED" (API v2.4, read 2026-11-22)."""


@dataclass(frozen=True, slots=True)
class Desk:
    installation: Installation

    def push(self, body: bytes = PUSHED, *, key: str = KEY, token: str = ACCOUNT.push_token) -> int:
        sign = sha256(body + b"/" + key.encode()).hexdigest()
        client = self.installation.app.test_client()
        headers = {"sign": sign, "Content-Type": "application/json"}
        return client.post(f"/w/carriers/{token}", data=body, headers=headers).status_code

    def waiting(self) -> list[Push]:
        at = self.installation.deps
        assert at.push_lease
        due = at.push_lease.lease_pushes(at.clock.now(), at.clock.now(), 10)
        with at.units.read(MERCHANT) as unit:
            return [found for each in due if (found := unit.carrier_pushes.get(each.push))]

    def save(self, account: CarrierAccount, merchant: MerchantId = MERCHANT) -> None:
        with self.installation.deps.units(merchant) as unit:
            unit.carrier_accounts.save(account)
            unit.commit()


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Desk]:
    running = install(sqlite_url, tmp_path, law)
    running.deps = replace(running.deps, carriers=carriers())
    provide(running.app, running.deps)
    desk = Desk(running)
    desk.save(ACCOUNT)
    yield desk
    running.storage.close()


def test_what_is_genuine_is_kept_once_answered_and_moves_the_parcel(desk: Desk) -> None:
    at = desk.installation.deps
    with at.units(MERCHANT) as unit:
        if not unit.shops.all():
            unit.shops.add(a_shop())
        shop = unit.shops.all()[0].id
        unit.orders.save([replace(a_stored_order(), shop=shop)])
        unit.shipments.save([replace(a_shipment(), shop=shop)])
        unit.commit()
    assert [desk.push(), desk.push()] == [200, 200]
    assert [each.body for each in desk.waiting()] == [PUSHED]
    assert at.push_lease
    assert at.carriers
    tally = drain_pushes(at.push_lease, at.carriers, units=at.units, now=at.clock.now(), limit=10)
    assert tally == {"applied": 1}
    with at.units.read(MERCHANT) as unit:
        assert unit.shipments.get(a_shipment().id).whereabouts.status is DeliveryStatus.DELIVERED


def test_what_the_other_side_has_not_signed_is_refused_and_not_kept(desk: Desk) -> None:
    assert desk.push(key="guessed") == 401
    client = desk.installation.app.test_client()
    assert client.post("/w/carriers/Zk3-unguessable", data=PUSHED).status_code == 401
    assert desk.waiting() == []


def test_an_address_that_is_nobodys_or_off_or_of_a_kind_that_is_not_installed_is_not_found(desk: Desk) -> None:
    assert desk.push(token="Zk3-unguessabla") == 404
    desk.save(replace(ACCOUNT, kind="gls", push_token="of-gls"))
    assert desk.push(token="of-gls") == 404
    desk.save(replace(ACCOUNT, version=1, is_on=False))
    assert desk.push() == 404
    client = desk.installation.app.test_client()
    unknown, off = client.post("/w/carriers/nobody"), client.post("/w/carriers/Zk3-unguessable")
    assert unknown.headers.pop("X-Request-ID") != off.headers.pop("X-Request-ID")
    assert (unknown.data, dict(unknown.headers)) == (off.data, dict(off.headers))
    assert client.get("/w/carriers/Zk3-unguessable").status_code in {404, 405}


def test_more_than_a_parcel_could_need_is_not_read(desk: Desk) -> None:
    assert desk.push(b" " * (MOST_BYTES + 1)) == 413
    assert desk.waiting() == []


def test_unreadable_but_genuine_is_kept_for_the_worker_to_park(desk: Desk) -> None:
    assert desk.push(b"\xff not json") == 200
    at = desk.installation.deps
    assert at.push_lease
    assert at.carriers
    assert drain_pushes(at.push_lease, at.carriers, units=at.units, now=at.clock.now(), limit=10) == {"parked": 1}


def test_the_address_stands_in_no_log(
    desk: Desk, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.push()
    said = caplog.text + "".join(capsys.readouterr())
    assert "Zk3-unguessable" not in said
    assert KEY not in said
