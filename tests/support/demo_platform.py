"""A demo shop with its platform on this machine: commands go in, its webhooks come back through the inbox."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from integrations.platforms import TRANSLATORS
from plugin.demo.calendar import offset, shifted
from plugin.demo.platform.actions import DemoPlatform
from plugin.demo.platform.books import Books, Troubles
from plugin.demo.platform.records import bodies
from plugin.domain.ids import OrderId
from plugin.domain.order import Order, OrderRef, Platform
from plugin.domain.shop import Merchant, Shop
from plugin.domain.shop_events import OrderSeen
from plugin.domain.stored import StoredOrder
from plugin.ports.errors import Rejected
from plugin.ports.platform import Message
from plugin.ports.platform_actions import Refusal
from plugin.ports.sealer import Sealer
from plugin.storage.keys import KeyRing
from plugin.storage.sealer import AppSealer
from plugin.usecases.accept_delivery import accept_delivery
from plugin.usecases.drain_inbox import Tally, drain_inbox
from tests.build import MERCHANT, NOW, PLACED, a_shop
from tests.fakes.sources import FakeClock, FakeIds
from tests.fakes.units import FakeUnits

BASE_URL = "https://aftercare.example"


def demo_order(ref: OrderRef, platform: Platform) -> Order:
    """A demo order as it is imported today."""
    body = shifted(bodies()[ref], offset(NOW))
    (event,) = TRANSLATORS[platform].translate(Message("", body, {}))
    assert isinstance(event, OrderSeen)
    return event.order


@dataclass(slots=True)
class DemoShop:
    """One shop, its orders on record, and its platform."""

    shop: Shop
    units: FakeUnits
    clock: FakeClock
    ids: FakeIds
    books: Books

    @property
    def actions(self) -> DemoPlatform:
        def deliver(message: Message, key: str) -> bool:
            now = self.clock.now()
            return accept_delivery(message, key, shop=self.shop, units=self.units, ids=self.ids, now=now)

        return DemoPlatform(self.shop, self.books, deliver, self.clock, BASE_URL)

    def actions_of(self, shop: Shop) -> DemoPlatform:
        if not shop.is_demo:
            raise Rejected(Refusal.NOT_CONNECTED)
        return self.actions

    def order(self, number: str) -> Order:
        return self.stored(number).order

    def stored(self, number: str) -> StoredOrder:
        with self.units.read(MERCHANT) as unit:
            ref = OrderRef(self.shop.platform, number)
            return unit.orders.by_ref(self.shop.id, [ref])[ref]

    def drain(self) -> Tally:
        """Apply what waits in the inbox, as the worker does."""
        lease, now = self.units, self.clock.now()
        return drain_inbox(lease, translators=TRANSLATORS, units=self.units, ids=self.ids, now=now, limit=50)

    def reported(self, order: Order) -> Order:
        self.drain()
        return self.order(order.ref.external_id)

    def be_unavailable(self, times: int) -> None:
        self.books.trouble(self.shop.id, Troubles(unavailable=times))

    def lose_answers(self, times: int) -> None:
        self.books.trouble(self.shop.id, Troubles(lost_answers=times))


def open_demo_shop(folder: Path, platform: Platform, *numbers: str, sealer: Sealer | None = None) -> DemoShop:
    """A demo shop with these orders on record."""
    units = FakeUnits()
    shop = replace(a_shop(platform=platform), is_demo=True)
    with units(MERCHANT) as unit:
        unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
        unit.shops.add(shop)
        orders = [demo_order(OrderRef(platform, number), platform) for number in numbers]
        unit.orders.save([StoredOrder(OrderId(f"order-{o.ref.external_id}"), shop.id, o, None) for o in orders])
        unit.commit()
    books = Books(folder / "demo-shops", sealer or AppSealer(KeyRing.generate()))
    return DemoShop(shop, units, FakeClock(NOW + timedelta(minutes=1)), FakeIds(), books)
