"""Do what follows from where parcels are now: queued in the transaction that heard of it, and safe to run twice."""

from collections.abc import Sequence
from datetime import datetime

from plugin.domain.ids import ShipmentId
from plugin.domain.tracking.shipment import Purpose
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.follow_parcel import follow_parcel
from plugin.usecases.tracking.expected_days import say_expected
from plugin.usecases.tracking.record_arrivals import Corrected, record_arrivals
from plugin.usecases.tracking.tell_start import tell_start


def follow_shipments(shipments: Sequence[ShipmentId], *, desk: Desk, now: datetime) -> str:
    """How many orders and claims anything followed for. Raises `Conflict` when somebody else was faster."""
    with desk.units(desk.merchant) as unit:
        known = [each for each in unit.shipments.some(shipments) if not each.is_void]
        corrected = record_arrivals(known, unit)
        said = say_expected(known, unit, now)
        for each in corrected:
            _tell(each, desk, unit, now)
        if corrected or said:
            unit.commit()
    back = [each.id for each in known if each.purpose is Purpose.RETURN]
    claims = sum([follow_parcel(each, desk=desk, now=now) for each in back])
    return f"followed_{len(corrected) + claims}"


def _tell(corrected: Corrected, desk: Desk, unit: UnitOfWork, now: datetime) -> None:
    if desk.start_letter is not None:
        tell_start(corrected, unit=unit, law=desk.law, secrets=desk.secrets, letter=desk.start_letter, now=now)
