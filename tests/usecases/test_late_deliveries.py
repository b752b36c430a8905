"""An order nobody knows is added as its shop shows it now: a delivery may have waited for hours."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.connection import Connection, Credentials
from plugin.domain.effects import RereadOrder
from plugin.domain.order import Order, Platform
from plugin.domain.shop import Shop
from plugin.domain.shop_events import Ignored, OrderSeen
from plugin.ports.platform import Message
from plugin.ports.shop_source import OrderAsItIs
from plugin.usecases.accept_delivery import accept_delivery
from plugin.usecases.drain_inbox import drain_inbox
from plugin.usecases.reread_order import UNKNOWN, RereadMeans, reread_order
from tests.build import MERCHANT, NOW, a_shop, an_order
from tests.fakes.shop_source import FakeSource
from tests.fakes.sources import FakeIds, FakeTranslator
from tests.fakes.units import FakeUnits

KEYS = Credentials("ck_1", "cs_1", "basic")
SHOP = a_shop(address="https://nordkap.example")
CONNECTION = Connection(SHOP.id, KEYS, connected_at=NOW, due_at=NOW)
OLD, NEW = b"as it was", b"as it is"
REF = an_order().ref


@pytest.fixture
def shop() -> Shop:
    return SHOP


class Desk:
    """Hears the old state of an order, and asks the shop where it has to."""

    def __init__(self, units: FakeUnits, translator: FakeTranslator) -> None:
        self.units, self.source, self.ids = units, FakeSource(KEYS), FakeIds()
        self.translators = {Platform.WOOCOMMERCE: translator}
        translator.says(OLD, OrderSeen(an_order()))

    def connect(self, connection: Connection) -> None:
        with self.units(MERCHANT) as unit:
            unit.connections.save(connection)
            unit.commit()

    def hear(self) -> list[str]:
        """What became of it at once."""
        message = Message("order.updated", OLD, {})
        accept_delivery(message, "key", shop=SHOP, units=self.units, ids=self.ids, now=NOW)
        ports = {"translators": self.translators, "units": self.units, "ids": self.ids}
        return list(drain_inbox(self.units, now=NOW + timedelta(hours=3), limit=10, **ports))  # type: ignore[arg-type]  # its ports

    def ask(self) -> str:
        means = RereadMeans({Platform.WOOCOMMERCE: self.source}, self.translators, self.units, self.ids)
        return reread_order(REF.external_id, merchant=MERCHANT, shop=SHOP.id, means=means, now=NOW)

    @property
    def orders(self) -> list[Order]:
        return [stored.order for stored in self.units.of(MERCHANT).orders.values()]


@pytest.fixture
def desk(units: FakeUnits, translator: FakeTranslator) -> Desk:
    return Desk(units, translator)


def test_an_order_nobody_knows_is_read_from_the_shop_before_it_is_added(desk: Desk, translator: FakeTranslator) -> None:
    desk.connect(CONNECTION)
    assert desk.hear() == ["reread"]
    assert desk.orders == []
    assert desk.units.effects(MERCHANT) == [RereadOrder(MERCHANT, SHOP.id, REF.external_id)]
    now = replace(an_order(), platform_status="completed", updated_at=NOW + timedelta(hours=1))
    desk.source.orders[REF.external_id] = OrderAsItIs(translator.says(NEW, OrderSeen(now)), ())
    assert desk.ask() == "stored"
    assert desk.orders == [now]


@pytest.mark.parametrize("found", [None, OrderAsItIs(b"binned", ())])
def test_an_order_that_is_gone_by_then_is_not_added(
    desk: Desk, translator: FakeTranslator, found: OrderAsItIs | None
) -> None:
    desk.connect(CONNECTION)
    desk.hear()
    translator.says(b"binned", Ignored("trashed", REF.external_id))
    if found:
        desk.source.orders[REF.external_id] = found
    assert desk.ask() == UNKNOWN
    assert desk.orders == []
    assert desk.units.of(MERCHANT).parked == {}


@pytest.mark.parametrize("connection", [None, replace(CONNECTION, due_at=None, fault="shop_keys_refused")])
def test_where_the_shop_cannot_be_asked_the_delivery_is_all_there_is(desk: Desk, connection: Connection | None) -> None:
    if connection:
        desk.connect(connection)
    assert desk.hear() == ["stored"]
    assert desk.orders == [an_order()]


def test_an_order_on_record_takes_a_newer_delivery_without_asking(desk: Desk, translator: FakeTranslator) -> None:
    desk.hear()
    desk.connect(CONNECTION)
    translator.says(OLD, OrderSeen(replace(an_order(), updated_at=NOW + timedelta(hours=1))))
    assert desk.hear() == ["stored"]
    assert desk.source.reread == []
