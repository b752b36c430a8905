"""UPS, FedEx, USPS, DHL, GLS, Royal Mail and DPD over real HTTP: what every carrier promises, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest

from integrations.carriers.karrio.kinds import KINDS
from integrations.carriers.karrio.worker.opening import opened
from plugin.domain.tracking.account import CarrierAccount
from plugin.ports.carrier import AskedParcel, CarrierSource
from plugin.ports.errors import Unreadable
from tests.integrations.carrier_contract import CarrierContract, CarrierDesk, impatient_session
from tests.support.carriers.own_accounts import JSON_KINDS, KEYS, TRACKED, OwnAccount, number
from tests.support.carriers.server import CarrierServer, Reply, serving

SINCE = datetime(2026, 3, 1, tzinfo=UTC)


def at(server: CarrierServer, kind: str, keys: Mapping[str, str] | None = None) -> CarrierSource:
    account = CarrierAccount(kind, KEYS[kind] if keys is None else keys, "push", SINCE)
    return opened(account, impatient_session(), server.address)


def desk_of(kind: str) -> Iterator[CarrierDesk]:
    """Its token is there already: what goes wrong then goes wrong with the parcel."""
    with serving(OwnAccount(kind)) as server:
        stranger = at(server, kind, {name: f"not-{value}" for name, value in KEYS[kind].items()})
        desk = CarrierDesk(KINDS[kind], at(server, kind), stranger, server, AskedParcel(number(kind)))
        desk.ask()
        server.asked.clear()
        yield desk


class TestOwnAccounts(CarrierContract):
    """Seven that answer in JSON."""

    @pytest.fixture(params=JSON_KINDS)
    def desk(self, request: pytest.FixtureRequest) -> Iterator[CarrierDesk]:
        yield from desk_of(request.param)


class TestDpd(CarrierContract):
    """And DPD, whose answers are XML."""

    @pytest.fixture
    def desk(self) -> Iterator[CarrierDesk]:
        yield from desk_of("dpd")

    def test_an_answer_about_another_number_tells_nothing_of_this_one(self, desk: CarrierDesk) -> None:
        """No answer of DPD's names a number: that it is about this one is DPD's word."""
        assert number("dpd") not in "".join(report.raw for report in desk.ask().reports)

    def test_an_answer_without_end_is_not_read_to_the_end(self, desk: CarrierDesk) -> None:
        desk.server.fail(Reply(200, TRACKED.encode() + b" " * 9_000_000))
        with pytest.raises(Unreadable, match="too_large"):
            desk.ask()
