"""The commands to a WooCommerce shop keep the port's contract, on a shop that answers as recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

import pytest

from integrations.guarded_http import open_session
from integrations.platforms import TRANSLATORS
from integrations.platforms.woocommerce.actions.adapter import WooCommerceActions
from integrations.platforms.woocommerce.source import WooCommerceSource
from plugin.domain.connection import Connection
from plugin.domain.order import Order, OrderRef, Platform
from plugin.domain.shop import Merchant
from plugin.ports.connections import DuePoll
from plugin.usecases.poll_shop import poll_shop
from tests.build import MERCHANT, PLACED, a_shop
from tests.fakes.sources import FakeIds
from tests.fakes.units import FakeUnits
from tests.integrations.platform_actions_contract import PlatformActionsContract
from tests.integrations.woocommerce.proving import credentials
from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_shop import serving
from tests.support.woocommerce_store import WooCommerceStore, recorded_store

PAID, UNPAID, ON_DELIVERY, ON_SALE = 592, 1132, 994, "111"
BUSY = Reply(503, b"<html>Maintenance</html>", (("Retry-After", "60"),), "text/html")


@dataclass
class WooCommerceRig:
    """A recorded shop, our commands to it, and our reading of it: the sync path, nothing beside."""

    shop: WooCommerceStore
    units: FakeUnits
    at_first: dict[int, Order] = field(default_factory=dict)

    @property
    def actions(self) -> WooCommerceActions:
        sessions = partial(open_session, allows_private=True)
        return WooCommerceActions(self.shop.address, credentials(self.shop), sessions, lambda _: None)

    @property
    def paid(self) -> Order:
        return self._as_sold(PAID)

    @property
    def unpaid(self) -> Order | None:
        return self._as_sold(UNPAID)

    @property
    def on_delivery(self) -> Order | None:
        return self._as_sold(ON_DELIVERY)

    @property
    def on_sale(self) -> str:
        return ON_SALE

    def reported(self, order: Order) -> Order:
        """What the next poll brings."""
        return self._order(int(order.ref.external_id))

    def be_unavailable(self, times: int) -> None:
        self.shop.misbehave(f"orders/{PAID}", *[BUSY] * times)

    def lose_answers(self, times: int) -> None:
        """The answer of the write, and of the reading back that follows at once."""
        self.shop.lost = times * 4

    def _as_sold(self, number: int) -> Order:
        if number not in self.at_first:
            self.at_first[number] = self._order(number)
        return self.at_first[number]

    def _order(self, number: int) -> Order:
        """As it is stored once the shop has been read."""
        assert self.shop.now
        self.shop.now += timedelta(minutes=10)
        source = WooCommerceSource(partial(open_session, allows_private=True), allows_http=True)
        shop = next(iter(self.units.of(MERCHANT).shops.values()))
        poll_shop(
            DuePoll(MERCHANT, shop.id),
            sources={Platform.WOOCOMMERCE: source},
            translators=TRANSLATORS,
            units=self.units,
            ids=FakeIds(),
            now=self.shop.now,
        )
        ref = OrderRef(Platform.WOOCOMMERCE, str(number))
        with self.units.read(MERCHANT) as unit:
            return unit.orders.by_ref(shop.id, [ref])[ref].order


@pytest.fixture
def rig() -> Iterator[WooCommerceRig]:
    store = recorded_store(PAID, UNPAID, ON_DELIVERY)
    with serving(store) as shop:
        assert isinstance(shop, WooCommerceStore)
        units = FakeUnits()
        with units(MERCHANT) as unit:
            unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
            ours = replace(a_shop(platform=Platform.WOOCOMMERCE), address=shop.address)
            unit.shops.add(ours)
            unit.connections.save(Connection(ours.id, credentials(shop), PLACED))
            unit.commit()
        yield WooCommerceRig(shop, units)


class TestWooCommerceActions(PlatformActionsContract):
    pass
