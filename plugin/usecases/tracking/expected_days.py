"""Say when a parcel, or what somebody may buy, should arrive; the one place every surface asks."""

from datetime import datetime

from plugin.domain.shop import Shop
from plugin.domain.tracking.eta.forecast import ExpectedRange, expected_range
from plugin.domain.tracking.eta.lane import Lane, order_lane
from plugin.domain.tracking.eta.saying import awaits, forecast_days, lane_days, lane_of, saying
from plugin.domain.tracking.shipment import ExpectedDays, Shipment
from plugin.ports.carrier import Forecast
from plugin.ports.unit_of_work import UnitOfWork


def expected_days(shipment: Shipment, unit: UnitOfWork, now: datetime) -> ExpectedDays | None:
    """What its lane says from its dispatch on; None: unknown, fewer than 30 deliveries, or passed by now."""
    lane = lane_of(shipment)
    if lane is None or shipment.shipped_at is None:
        return None
    found = _asked(lane, shipment.shipped_at, unit, now)
    return lane_days(found, now) if found else None


def with_expected(shipment: Shipment, unit: UnitOfWork, now: datetime, forecast: Forecast | None = None) -> Shipment:
    """The shipment with what is to be said of its arrival now, for whoever is about to save it.

    The carrier's forecast goes first. Ours is asked for while nothing has been said yet, so that a parcel costs one
    question once; it is `shipped_at`, carrier and destination that it needs. A parcel that has arrived, goes back or is
    called off is left alone.
    """
    if not awaits(shipment):
        return shipment
    if forecast is not None:
        return saying(shipment, forecast_days(forecast.first, forecast.last, now))
    return shipment if shipment.expected else saying(shipment, expected_days(shipment, unit, now))


def expected_for(shop: Shop, destination: str, unit: UnitOfWork, now: datetime) -> ExpectedRange | None:
    """When what is ordered now should arrive in a country; None: unknown, or fewer than 30 deliveries."""
    return _asked(order_lane(shop.id, destination), now, unit, now)


def _asked(lane: Lane, begun_at: datetime, unit: UnitOfWork, now: datetime) -> ExpectedRange | None:
    known = unit.lanes.find((lane, *lane.coarser()))
    return expected_range(lane, begun_at, known.get, now)
