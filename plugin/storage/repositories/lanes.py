"""Lanes of one merchant, and the deliveries they are made of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, or_

from plugin.domain.ids import ShipmentId, ShopId
from plugin.domain.times import Source
from plugin.domain.tracking.eta.fitting import Fitted
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import Begun, Delivery, Lane
from plugin.domain.tracking.eta.spread import DayRange
from plugin.domain.tracking.shipment import Purpose
from plugin.ports.lanes import DeliveredParcel
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import lanes, orders, shipments

_shipment = shipments.c
_REPORTED = (Source.CARRIER.value, Source.PLATFORM.value)
_READ = tuple(
    _shipment[name]
    for name in ("id", "shop_id", "destination", "shipped_at", "delivered_at", "sent_with", "origin", "service")
)


class SqlLanes:
    """`plugin.ports.lanes.Lanes`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def deliveries(self, since: datetime, after: DeliveredParcel | None, limit: int) -> Sequence[DeliveredParcel]:
        """By the index of deliveries, from where the last page ended.

        The page is cut before orders are joined to it: PostgreSQL else looks each up, for more parcels than it gives.
        """
        counts = (
            _shipment.purpose == Purpose.OUTBOUND,
            _shipment.is_void.is_(False),
            _shipment.destination.is_not(None),
            _shipment.delivered_source.in_(_REPORTED),
            _shipment.delivered_at >= since,
        )
        statement = self._scope.select(shipments, *_READ, _shipment.order_id).where(*counts)
        if after is not None:
            at = after.delivery.delivered_at
            is_next = or_(_shipment.delivered_at > at, _shipment.id > after.id)
            statement = statement.where(_shipment.delivered_at >= at, is_next)
        page = statement.order_by(_shipment.delivered_at, _shipment.id).limit(limit).subquery("page")
        whole = orders.join(page, orders.c.id == page.c.order_id)
        read = self._scope.select(whole, *(page.c[each.name] for each in _READ), orders.c.placed_at)
        return [_delivered(*row) for row in self._scope.rows(read.order_by(page.c.delivered_at, page.c.id))]

    def find(self, lanes_: Collection[Lane]) -> Mapping[Lane, LaneDays]:
        """One question for all."""
        named = {_name(lane): lane for lane in lanes_}
        rows = self._scope.rows(self._scope.select(lanes, *lanes.c).where(lanes.c.name.in_(sorted(named))))
        return {named[row.name]: _read(row) for row in rows}

    def replace(self, table: Iterable[LaneDays]) -> None:
        """All are taken away, these are put in their place."""
        self._scope.run(self._scope.delete(lanes))
        self._scope.insert(lanes, [_row(each) for each in table])


def _delivered(name: ShipmentId, *facts: Any) -> DeliveredParcel:  # noqa: ANN401 - columns, in the order of `_READ`
    return DeliveredParcel(name, Delivery(*facts))


def _name(lane: Lane) -> str:
    parts = (lane.begun, lane.shop, lane.carrier, lane.origin, lane.destination, lane.service)
    return msgspec.json.encode(parts).decode()


def _row(each: LaneDays) -> Values:
    lane, fitted = each.lane, each.fitted
    return {
        "name": _name(lane),
        "shop_id": lane.shop,
        "begun": lane.begun,
        "carrier": lane.carrier,
        "origin": lane.origin,
        "destination": lane.destination,
        "service": lane.service,
        "first_days": fitted.days.first,
        "last_days": fitted.days.last,
        "deliveries": fitted.count,
        "is_six_day": fitted.is_six_day,
        "made_on": each.made_on,
    }


def _read(row: Row[Any]) -> LaneDays:
    shop = ShopId(row.shop_id) if row.shop_id else None
    lane = Lane(Begun(row.begun), row.destination, row.carrier, row.origin, row.service, shop)
    days = DayRange(row.first_days, row.last_days)
    return LaneDays(lane, Fitted(days, row.deliveries, row.is_six_day), row.made_on)
