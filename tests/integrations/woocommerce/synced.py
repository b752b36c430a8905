"""A WooCommerce shop that is connected: read by polls, as the worker does, and given commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from integrations.guarded_http import open_session
from integrations.platforms import TRANSLATORS
from integrations.platforms.woocommerce.actions.adapter import WooCommerceActions
from integrations.platforms.woocommerce.source import WooCommerceSource
from integrations.shop_sessions import ShopSessions
from plugin.domain.connection import Connection
from plugin.domain.order import Order, OrderRef, Platform
from plugin.domain.shop import Merchant, Shop
from plugin.domain.stored import StoredOrder
from plugin.ports.connections import DuePoll
from plugin.usecases.poll_shop import poll_shop
from tests.build import MERCHANT, PLACED, a_shop
from tests.fakes.sources import FakeClock, FakeIds
from tests.fakes.units import FakeUnits
from tests.integrations.woocommerce import acting
from tests.integrations.woocommerce.proving import credentials
from tests.support.woocommerce_store import WooCommerceStore

_SESSIONS = ShopSessions(partial(open_session, allows_private=True))
_POLL_EVERY = timedelta(minutes=10)


@dataclass
class SyncedShop:
    """The platform's side (`store`), ours (`units`), and the one clock of both."""

    store: WooCommerceStore
    shop: Shop
    units: FakeUnits
    ids: FakeIds = field(default_factory=FakeIds)

    @property
    def now(self) -> datetime:
        assert self.store.now
        return self.store.now

    def actions(self, _: Shop | None = None) -> WooCommerceActions:
        return acting.actions(self.store)

    def source(self) -> WooCommerceSource:
        return WooCommerceSource(_SESSIONS, allows_http=True)

    def poll(self) -> None:
        """The next poll: the shop itself is asked, and nothing else says what happened."""
        self.store.now = self.now + _POLL_EVERY
        due, sources = DuePoll(MERCHANT, self.shop.id), {Platform.WOOCOMMERCE: self.source()}
        ports = {"units": self.units, "ids": self.ids, "clock": FakeClock(self.now)}
        polled = poll_shop(due, sources=sources, translators=TRANSLATORS, **ports)  # type: ignore[arg-type]  # its ports
        assert polled.fault is None

    def stored(self, number: int) -> StoredOrder:
        ref = OrderRef(Platform.WOOCOMMERCE, str(number))
        with self.units.read(MERCHANT) as unit:
            return unit.orders.by_ref(self.shop.id, [ref])[ref]

    def order(self, number: int) -> Order:
        return self.stored(number).order


@contextmanager
def synced(*numbers: int) -> Iterator[SyncedShop]:
    """Serve these orders' shop, its keys with us and nothing read yet."""
    with acting.store(*numbers) as store:
        units = FakeUnits()
        shop = a_shop(platform=Platform.WOOCOMMERCE, address=store.address)
        with units(MERCHANT) as unit:
            unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
            unit.shops.add(shop)
            unit.connections.save(Connection(shop.id, credentials(store), PLACED))
            unit.commit()
        yield SyncedShop(store, shop, units)
