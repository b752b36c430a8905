"""A merchant with one shop, in memory."""

import pytest

from plugin.domain.shop import Merchant, Shop
from tests.build import MERCHANT, PLACED, a_shop
from tests.fakes.sources import FakeIds, FakeSecrets, FakeTranslator
from tests.fakes.units import FakeUnits


@pytest.fixture
def shop() -> Shop:
    return a_shop()


@pytest.fixture
def units(shop: Shop) -> FakeUnits:
    units = FakeUnits()
    with units(MERCHANT) as unit:
        unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
        unit.shops.add(shop)
        unit.commit()
    return units


@pytest.fixture
def ids() -> FakeIds:
    return FakeIds()


@pytest.fixture
def secrets() -> FakeSecrets:
    return FakeSecrets()


@pytest.fixture
def translator() -> FakeTranslator:
    return FakeTranslator()
