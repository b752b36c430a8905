"""Have orders know when their parcels arrived by the word of carriers, and periods be counted from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from plugin.domain.effects import RebuildEntitlements
from plugin.domain.stored import StoredOrder
from plugin.domain.tracking.arriving import with_arrival
from plugin.domain.tracking.shipment import Purpose, Shipment
from plugin.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Corrected:
    """An order whose parcels arrived otherwise than was known: as it was, and as it is saved."""

    before: StoredOrder
    after: StoredOrder


def record_arrivals(shipments: Sequence[Shipment], unit: UnitOfWork) -> tuple[Corrected, ...]:
    """The orders that changed; they are saved, and their projections computed again. The caller commits.

    Raises `Conflict` when somebody else was faster.
    """
    outbound = [each for each in shipments if each.purpose is Purpose.OUTBOUND and not each.is_void]
    corrected = []
    for order in sorted({each.order for each in outbound}):
        before = after = unit.orders.get(order)
        for shipment in outbound:
            after = with_arrival(after, shipment) if shipment.order == order else after
        if after is not before:
            corrected.append(Corrected(before, after))
    if corrected:
        unit.orders.save([each.after for each in corrected])
        unit.queue.add([RebuildEntitlements(unit.merchant, tuple(each.after.id for each in corrected))])
    return tuple(corrected)
