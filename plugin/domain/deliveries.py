"""What was reported delivered of an order, parcel by parcel."""

from plugin.domain.order import DeliveryStatus, Fulfilment, Order
from plugin.domain.times import Moment


def deliveries(order: Order) -> tuple[Moment, ...]:
    """The first reported delivery of each parcel that has one, and that of the order itself."""
    found = (*map(deliveries_of, order.fulfilments), order.delivered)
    return tuple(moment for moment in found if moment is not None)


def deliveries_of(fulfilment: Fulfilment) -> Moment | None:
    """The first reported delivery of a fulfilment, or None; estimates are not reports."""
    reported = [e.moment for e in fulfilment.events if e.status is DeliveryStatus.DELIVERED]
    return min(reported, key=lambda moment: moment.at, default=None)
