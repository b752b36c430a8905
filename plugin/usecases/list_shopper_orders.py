"""Which orders a session opens: those it names, or all that its person placed with the shop."""

from collections.abc import Sequence

from plugin.domain.errors import NotFound
from plugin.domain.ids import OrderId
from plugin.domain.shop import Shop
from plugin.domain.shopper_session import NoSuchPage, ShopperSession
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork, Units


def list_shopper_orders(session: ShopperSession, shop: Shop, *, units: Units) -> Sequence[StoredOrder]:
    """Newest first; none of a shopper who was erased since."""
    with units.read(shop.merchant) as unit:
        found = [unit.orders.get(order) for order in _opened(session, unit)]
    return [stored for stored in found if not stored.order.shopper.is_erased]


def shopper_order(session: ShopperSession, order: str, unit: UnitOfWork) -> StoredOrder:
    """One order. Raises `NoSuchPage` for one the session does not open, whether or not there is such an order."""
    if order not in _opened(session, unit):
        raise NoSuchPage
    try:
        stored = unit.orders.get(OrderId(order))
    except NotFound as error:
        raise NoSuchPage from error
    if stored.shop != session.shop or stored.order.shopper.is_erased:
        raise NoSuchPage
    return stored


def _opened(session: ShopperSession, unit: UnitOfWork) -> Sequence[OrderId]:
    return session.orders or (unit.orders.of_person(session.shop, session.person) if session.person else ())
