"""A merchant whose parcels nobody can sort keeps nobody else's waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from plugin.domain.ids import MerchantId
from plugin.domain.order import DeliveryStatus
from plugin.domain.shop import Merchant
from plugin.ports.unit_of_work import UnitOfWork
from tests.build import MERCHANT, PLACED, a_shop, a_stored_order
from tests.fakes.units import FakeUnits
from tests.support.asking import NUMBERS, OTHER, Desk


class Unopened(FakeUnits):
    """Units of which one merchant's accounts cannot be read, as under a key that is gone."""

    @contextmanager
    def read(self, merchant: MerchantId) -> Iterator[UnitOfWork]:
        with FakeUnits.read(self, merchant) as unit:
            if merchant == MERCHANT:
                del unit.carrier_accounts
            yield unit


def test_others_are_asked_about_and_the_fault_is_raised_at_the_end(units: FakeUnits) -> None:
    with units(OTHER) as unit:
        unit.shops.add_merchant(Merchant(OTHER, "Fjell AS", PLACED))
        unit.shops.add(a_shop(merchant=OTHER))
        unit.orders.save([a_stored_order()])
        unit.commit()
    desk = Desk(units)
    desk.open("dhl")
    desk.open("17track", OTHER)
    desk.follow(NUMBERS[0])
    desk.follow(NUMBERS[1], merchant=OTHER)
    desk.units = Unopened(units.tables)
    with pytest.raises(AttributeError):
        desk.run()
    assert desk.parcel(NUMBERS[1], OTHER).whereabouts.status is DeliveryStatus.IN_TRANSIT
