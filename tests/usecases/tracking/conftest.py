"""A shop with one order, in memory."""

import pytest

from plugin.domain.shop import Merchant
from tests.build import MERCHANT, PLACED, a_shop, a_stored_order
from tests.fakes.units import FakeUnits


@pytest.fixture
def units() -> FakeUnits:
    units = FakeUnits()
    with units(MERCHANT) as unit:
        unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
        unit.shops.add(a_shop())
        unit.orders.save([a_stored_order()])
        unit.commit()
    return units
