"""Pigeon Post over real HTTP: what every carrier promises."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from integrations.carriers.pigeon.adapter import KIND
from integrations.carriers.pigeon.client import PigeonClient
from integrations.carriers.pigeon.source import Pigeons
from plugin.ports.carrier import AskedParcel
from tests.integrations.carrier_contract import CarrierContract, CarrierDesk, impatient_session
from tests.support.carriers.pigeon import NUMBER, PigeonService
from tests.support.carriers.server import CarrierServer, serving


def opened(server: CarrierServer, key: str) -> Pigeons:
    return Pigeons(PigeonClient(key, impatient_session(), server.address))


@pytest.fixture
def desk() -> Iterator[CarrierDesk]:
    with serving(PigeonService()) as server:
        yield CarrierDesk(KIND, opened(server, "crumbs"), opened(server, "stones"), server, AskedParcel(NUMBER))


class TestPigeonPost(CarrierContract):
    """All of them."""
