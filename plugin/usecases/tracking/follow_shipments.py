"""Do what follows from where parcels are now: queued in the transaction that heard of it, and safe to run twice."""

from collections.abc import Sequence
from datetime import datetime

from plugin.domain.ids import ShipmentId
from plugin.domain.tracking.shipment import Purpose, Shipment
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.follow_parcel import follow_parcel


def follow_shipments(shipments: Sequence[ShipmentId], *, desk: Desk, now: datetime) -> str:
    """How many of them anything followed from. Raises `Conflict` when somebody else was faster."""
    with desk.units.read(desk.merchant) as unit:
        known = unit.shipments.some(shipments)
    return f"followed_{sum([_follow(each, desk, now) for each in known if not each.is_void])}"


def _follow(shipment: Shipment, desk: Desk, now: datetime) -> bool:
    if shipment.purpose is Purpose.RETURN:
        return follow_parcel(shipment.id, desk=desk, now=now)
    return False
