"""Mark an order whose cash-on-delivery parcel was refused; put its goods into stock again once they are back.

Runs in the worker, perhaps twice, under the alert's keys. No money moves: nothing was paid.
"""

from plugin.domain.ids import MerchantId
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import ActionsOf, Units
from plugin.ports.unit_of_work import Units as UnitsOfWork
from plugin.usecases.tracking.situation import parcel_units

NOTED, RESTOCKED = "noted", "restocked"
_REFUSED = "Aftercare: parcel {number} was refused or not collected and is on its way back. Nothing was paid for it."
_BACK = "Aftercare: parcel {number} is back. Nothing was paid for it and nothing is to be paid back."


def mark_refused(alert: str, *, is_back: bool, merchant: MerchantId, units: UnitsOfWork, actions: ActionsOf) -> str:
    """What was done, or why the platform would not. Raises `Unavailable`: the job is given again."""
    with units.read(merchant) as unit:
        known = unit.alerts.get(alert)
        stored, shop = unit.orders.get(known.order), unit.shops.get(known.shop)
        packed = [
            Units(each.line, each.quantity) for each in parcel_units(unit.shipments.get(known.shipment), stored, unit)
        ]
    order, number = stored.order, known.facts.number
    try:
        platform = actions(shop)
        if not is_back:
            platform.note(order, _REFUSED.format(number=number), idempotency_key=f"{alert}:refused")
            return NOTED
        platform.note(order, _BACK.format(number=number), idempotency_key=f"{alert}:back")
        if not packed or not platform.capabilities(order).restock:
            return NOTED
        platform.restock(order, tuple(packed), idempotency_key=f"{alert}:restock")
    except Rejected as error:
        return error.code
    return RESTOCKED
