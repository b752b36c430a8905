"""Steps of a refund of a demo shop, as tests take them."""

from datetime import datetime, timedelta

from plugin.domain.ids import OrderId, RefundId
from plugin.domain.order import Order
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.request import RefundRequest
from plugin.domain.stored import StoredOrder
from plugin.ports.platform_actions import PlatformActions
from plugin.usecases.execute_refund import execute_refund
from plugin.usecases.plan_refund import plan_refund
from tests.build import MERCHANT, a_shop
from tests.fakes.units import FakeUnits
from tests.support.demo_platform import DemoShop
from tests.support.refunds import of, returned

PAID, ON_DELIVERY = "3012", "3014"


def grant(shop: DemoShop, request: RefundRequest | None = None, number: str = PAID) -> RefundIntent:
    request = request or returned(of(shop.order(number).lines[0].id))
    with shop.units(MERCHANT) as unit:
        order = OrderId(f"order-{number}")
        intent = plan_refund(request, order, purpose="claim-7", unit=unit, ids=shop.ids, now=shop.clock.now())
        unit.commit()
    return intent


def execute(shop: DemoShop, refund: RefundId) -> str:
    return execute_refund(refund, merchant=MERCHANT, units=shop.units, actions=shop.actions_of, now=shop.clock.now())


def state(shop: DemoShop, refund: RefundId) -> RefundIntent:
    with shop.units.read(MERCHANT) as unit:
        return unit.refunds.get(refund)


def granted(intent: RefundIntent, order: Order) -> FakeUnits:
    """An order on record, and a refund of it that is due."""
    units = FakeUnits()
    with units(MERCHANT) as unit:
        shop = a_shop(platform=order.ref.platform)
        unit.shops.add(shop)
        unit.orders.save([StoredOrder(id=intent.order, shop=shop.id, order=order, policy_version=None)])
        unit.refunds.save([intent])
        unit.commit()
    return units


def execute_at(now: datetime, refund: RefundId, units: FakeUnits, actions: PlatformActions) -> str:
    return execute_refund(refund, merchant=MERCHANT, units=units, actions=lambda _shop: actions, now=now)


def booked(shop: DemoShop, number: str = PAID) -> int:
    """How many refunds the platform itself has made."""
    return len(shop.books.read(shop.shop.id, shop.order(number).ref).refunds)


def wait(shop: DemoShop, minutes: int = 15) -> datetime:
    shop.clock.advance(timedelta(minutes=minutes))
    return shop.clock.now()
