"""Connecting a shop with pasted keys, replacing them, and letting it go."""

from datetime import timedelta

import pytest

from plugin.domain.connection import Connection, Credentials
from plugin.domain.connection_faults import KeysRefused, NotConnected
from plugin.domain.ids import MerchantId
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.usecases.connect_shop import Connected, connect_shop
from plugin.usecases.disconnect_shop import disconnect_shop
from tests.build import MERCHANT, NOW
from tests.fakes.shop_source import FakeSource
from tests.fakes.sources import FakeIds, FakeSecrets
from tests.fakes.units import FakeUnits

KEYS = Credentials("ck_1", "cs_1")


@pytest.fixture
def source() -> FakeSource:
    return FakeSource(KEYS, name="Fjell")


def connect(source: FakeSource, units: FakeUnits, keys: Credentials = KEYS, hours: int = 0) -> Connected:
    return connect_shop(
        "nordkap.example",
        keys,
        owner=MERCHANT,
        join_code=None,
        sources={Platform.WOOCOMMERCE: source},
        directory=units,
        units=units,
        ids=FakeIds(),
        secrets=FakeSecrets(),
        now=NOW + timedelta(hours=hours),
    )


def kept(units: FakeUnits, shop: Shop) -> Connection | None:
    with units.read(shop.merchant) as unit:
        return unit.connections.get(shop.id)


def test_a_shop_whose_keys_work_is_taken_in_and_due_at_once(source: FakeSource, units: FakeUnits) -> None:
    connected = connect(source, units)
    assert (connected.shop.merchant, connected.shop.address) == (MERCHANT, "https://nordkap.example")
    assert connected.found.version == "10.5.0"
    expected = Connection(connected.shop.id, Credentials("ck_1", "cs_1", "basic"), connected_at=NOW, due_at=NOW)
    assert kept(units, connected.shop) == expected


def test_refused_keys_leave_no_trace(source: FakeSource, units: FakeUnits) -> None:
    before = units.of(MERCHANT).copy()
    with pytest.raises(KeysRefused):
        connect(source, units, Credentials("ck_1", "cs_2"))
    assert units.of(MERCHANT) == before
    assert len(units.tables) == 1


def test_new_keys_replace_the_old_ones_mend_the_fault_and_read_on(source: FakeSource, units: FakeUnits) -> None:
    shop = connect(source, units).shop
    read = Connection(shop.id, KEYS, NOW, read_until=NOW, catalogue_at=NOW, polled_at=NOW, fault="shop_keys_refused")
    with units(MERCHANT) as unit:
        unit.connections.save(read)
        unit.commit()
    source.keys = Credentials("ck_2", "cs_2")
    again = connect(source, units, source.keys, hours=1)
    later = NOW + timedelta(hours=1)
    assert again.shop == shop
    assert kept(units, shop) == Connection(
        shop.id,
        Credentials("ck_2", "cs_2", "basic"),
        connected_at=later,
        read_until=NOW,
        catalogue_at=NOW,
        polled_at=NOW,
        due_at=later,
    )


def test_a_shop_that_is_let_go_loses_its_keys_and_keeps_its_records(source: FakeSource, units: FakeUnits) -> None:
    shop = connect(source, units).shop
    disconnect_shop(shop, units=units, now=NOW)
    assert kept(units, shop) is None
    with units.read(shop.merchant) as unit:
        assert unit.shops.get(shop.id) == shop
    with pytest.raises(NotConnected):
        disconnect_shop(shop, units=units, now=NOW)


def test_a_shop_of_its_own_merchant_needs_no_name(source: FakeSource) -> None:
    units = FakeUnits()
    connected = connect_shop(
        "nordkap.example",
        KEYS,
        owner=None,
        join_code=None,
        sources={Platform.WOOCOMMERCE: source},
        directory=units,
        units=units,
        ids=FakeIds(),
        secrets=FakeSecrets(),
        now=NOW,
    )
    assert [merchant.id for merchant in units.merchants()] == [connected.shop.merchant]
    assert connected.shop.merchant != MerchantId("")
