"""Where a shopper can hand a parcel in, nearest first."""

from collections.abc import Sequence

from plugin.domain.ids import OrderId
from plugin.domain.returning.points import DropOffPoint, nearest
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.request_label import country_of

_SHOWN = 5


def find_drop_off_points(order: OrderId, *, unit: UnitOfWork) -> Sequence[DropOffPoint]:
    """The five nearest points of the merchant's list to where the order went; empty without list or country."""
    delivery = unit.orders.get(order).order.shopper.delivery
    postcode = delivery.postcode if delivery else None
    return nearest(unit.return_desk.points(), country_of(order, unit), postcode, _SHOWN)
