"""A comparison with the whole shop comes round to every order that differs, whatever becomes of those before it."""

from datetime import datetime, timedelta
from itertools import chain

import pytest

from plugin.domain.connection import Connection, Credentials
from plugin.domain.connection_faults import ShopUnavailable
from plugin.domain.hooks import SLICE_EVERY, SWEEP_EVERY, ShopHooks
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.ports.shop_source import Listing
from plugin.usecases.reread_order import RereadMeans
from plugin.usecases.sweep_shop import MOST_REREAD, sweep_shop
from tests.build import MERCHANT, NOW, a_shop
from tests.fakes.shop_source import FakeSource
from tests.fakes.sources import FakeIds, FakeTranslator
from tests.fakes.units import FakeUnits

KEYS = Credentials("ck_1", "cs_1", "basic")
SHOP = a_shop(address="https://nordkap.example")
BEGAN = NOW + SWEEP_EVERY
"""When the first comparison is due."""


@pytest.fixture
def shop() -> Shop:
    return SHOP


@pytest.fixture
def source(units: FakeUnits) -> FakeSource:
    """Give the shop's source, the shop being connected since `NOW`."""
    with units(MERCHANT) as unit:
        unit.connections.save(Connection(SHOP.id, KEYS, connected_at=NOW))
        unit.hooks.open(SHOP.id, "secret")
        unit.commit()
    return FakeSource(KEYS)


class Sweeper:
    """Compares at an instant, and knows which orders were read again since it was last asked."""

    def __init__(self, units: FakeUnits, source: FakeSource, translator: FakeTranslator) -> None:
        self.units, self.source = units, source
        platform = Platform.WOOCOMMERCE
        self.means = RereadMeans({platform: source}, {platform: translator}, units, FakeIds())

    def sweep(self, at: datetime) -> list[str]:
        self.source.reread.clear()
        sweep_shop(SHOP.id, merchant=MERCHANT, means=self.means, now=at)
        return list(self.source.reread)

    @property
    def hooks(self) -> ShopHooks:
        with self.units.read(MERCHANT) as unit:
            found = unit.hooks.get(SHOP.id)
        assert found
        return found


@pytest.fixture
def sweeper(units: FakeUnits, source: FakeSource, translator: FakeTranslator) -> Sweeper:
    return Sweeper(units, source, translator)


def listed(source: FakeSource, count: int) -> list[str]:
    """So many orders in the shop, none of which can be had: they go on differing."""
    orders = [f"{number:05}" for number in range(count)]
    source.listed = Listing(dict.fromkeys(orders, NOW), {})
    return orders


def test_what_differs_is_read_in_slices_an_hour_apart_until_through_and_again_a_day_later(
    sweeper: Sweeper, source: FakeSource
) -> None:
    orders = listed(source, 2 * MOST_REREAD + 7)
    slices = [sweeper.sweep(BEGAN + n * SLICE_EVERY) for n in range(4)]
    assert [len(each) for each in slices] == [MOST_REREAD, MOST_REREAD, 7, 0]
    assert list(chain(*slices)) == orders
    assert sweeper.hooks.sweep_after is None
    assert sweeper.sweep(BEGAN + 2 * SLICE_EVERY + SWEEP_EVERY) == orders[:MOST_REREAD]


def test_a_slice_is_not_followed_before_its_hour(sweeper: Sweeper, source: FakeSource) -> None:
    listed(source, MOST_REREAD + 1)
    assert sweeper.sweep(BEGAN)
    assert sweeper.sweep(BEGAN + timedelta(minutes=59)) == []


def test_an_order_that_breaks_it_off_each_time_keeps_no_other_waiting(sweeper: Sweeper, source: FakeSource) -> None:
    listed(source, 4)
    source.orders["00001"] = ShopUnavailable("HTTP 500")
    assert sweeper.sweep(BEGAN) == ["00000", "00001"]
    assert sweeper.sweep(BEGAN + SLICE_EVERY) == ["00002", "00003"]
    assert sweeper.hooks.sweep_after is None


class Killed(BaseException):
    """What a process dies of."""


def test_whoever_is_killed_goes_on_within_the_hour_from_where_the_slice_began(
    sweeper: Sweeper, source: FakeSource
) -> None:
    orders = listed(source, MOST_REREAD + 3)
    sweeper.sweep(BEGAN)
    source.orders[orders[-1]] = Killed()
    with pytest.raises(Killed):
        sweeper.sweep(BEGAN + SLICE_EVERY)
    del source.orders[orders[-1]]
    assert sweeper.sweep(BEGAN + 2 * SLICE_EVERY) == orders[-3:]


def test_a_shop_that_does_not_answer_is_asked_again_in_an_hour(sweeper: Sweeper, source: FakeSource) -> None:
    source.listed = ShopUnavailable("timeout")
    assert sweeper.sweep(BEGAN) == []
    orders = listed(source, 2)
    assert sweeper.sweep(BEGAN + SLICE_EVERY) == orders


def test_two_workers_do_not_compare_at_once(sweeper: Sweeper, source: FakeSource, units: FakeUnits) -> None:
    listed(source, 2)
    with units(MERCHANT) as unit:
        assert unit.hooks.swept(SHOP.id, None, BEGAN, "")
        assert not unit.hooks.swept(SHOP.id, None, BEGAN, "")
        unit.commit()
    assert sweeper.sweep(BEGAN) == []
