"""Set right which number a parcel goes under or whose it is: asked about at once, and open to the carrier's answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from plugin.domain.errors import Invalid
from plugin.domain.ids import MerchantId, ShipmentId
from plugin.domain.tracking.number import tracking_number
from plugin.domain.tracking.pace import started
from plugin.domain.tracking.recognising import recognise
from plugin.domain.tracking.report import Leg
from plugin.domain.tracking.shipment import Shipment, TrackedNumber
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.tracking.apply_told import Heard, keep_heard

_MOST: Final = 4


class TooManyNumbers(Invalid):
    """A parcel changes hands a few times at the most."""

    code = "too_many_numbers"


def correct_number(
    text: str, carrier: str | None, shipment: ShipmentId, *, merchant: MerchantId, units: Units, now: datetime
) -> tuple[TrackedNumber, ...]:
    """The numbers as they were before, to go back to.

    One it has gets this carrier (slug; None: whoever its shape tells); another one becomes that of the last mile, for
    what the shop's platform says stays beside it. Raises `NotFound`, `Conflict`, `NotATrackingNumber` and
    `TooManyNumbers`.
    """
    with units(merchant) as unit:
        known = unit.shipments.get(shipment)
        numbers = _corrected(known, tracking_number(text), carrier)
        _keep(known, numbers, unit, now)
        unit.commit()
    return known.numbers


def restore_numbers(
    numbers: Sequence[TrackedNumber], shipment: ShipmentId, *, merchant: MerchantId, units: Units, now: datetime
) -> None:
    """Go back to the numbers of before. Raises `NotFound` and `Conflict`."""
    with units(merchant) as unit:
        _keep(unit.shipments.get(shipment), tuple(numbers), unit, now)
        unit.commit()


def _keep(known: Shipment, numbers: tuple[TrackedNumber, ...], unit: UnitOfWork, now: datetime) -> None:
    asking = started(now) if not known.is_void and not known.is_forgotten else known.asking
    keep_heard([Heard(replace(known, numbers=numbers, asking=asking), known.whereabouts, ())], unit)


def _corrected(known: Shipment, number: str, carrier: str | None) -> tuple[TrackedNumber, ...]:
    best = recognise(number, known.destination).best
    whose = carrier or (best.carrier if best else None)
    if any(each.number == number for each in known.numbers):
        return tuple(
            replace(each, carrier=whose, is_confirmed=False) if each.number == number else each
            for each in known.numbers
        )
    if len(known.numbers) >= _MOST:
        raise TooManyNumbers({"field": "number"})
    return (*(replace(each, leg=Leg.ORIGIN) for each in known.numbers), TrackedNumber(number, whose))
