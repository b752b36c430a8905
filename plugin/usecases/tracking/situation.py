"""What can be done about a parcel that something is wrong with: units left, money paid, what the platform can do."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from plugin.domain.capabilities import Capabilities
from plugin.domain.claim.status import OVER, ClaimStatus, status_of
from plugin.domain.declaration import Picked
from plugin.domain.ids import LineId, ShipmentId
from plugin.domain.order import Order, PaymentKind, Standing
from plugin.domain.refund.captured import captured
from plugin.domain.stored import StoredOrder
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.domain.tracking.exceptions.choice import Situation, Voucher
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.domain.tracking.shipment import Shipment
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.act import claims_of
from plugin.usecases.claim.open import open_units

_CALLED_OFF = frozenset({Standing.CANCELLED, Standing.FAILED, Standing.REFUNDED})
_SETTLED = OVER | {ClaimStatus.RESOLVED, ClaimStatus.REJECTED}


def situation_of(
    kind: AlertKind,
    shipment: Shipment,
    stored: StoredOrder,
    can: Capabilities | None,
    *,
    unit: UnitOfWork,
    now: datetime,
) -> Situation:
    """The situation; `can` None: nobody could say what the platform does, so that it gives no voucher."""
    gives = can is not None and can.store_credit
    return Situation(
        kind=kind,
        has_units=any(parcel_units(shipment, stored, unit)),
        is_unpaid=is_unpaid(stored.order, shipment),
        can_resend=can is None or can.replacement,
        voucher=_new_voucher(shipment, stored.order, unit, now) if gives else None,
    )


def is_unpaid(order: Order, shipment: Shipment) -> bool:
    """Whether it was to be paid on delivery, and nothing was: whoever was handed it has paid, whatever came then."""
    is_owed = order.payment is PaymentKind.CASH_ON_DELIVERY and captured(order).presentment.minor == 0
    return is_owed and shipment.timeline().delivered is None


def parcel_units(shipment: Shipment, stored: StoredOrder, unit: UnitOfWork) -> Iterator[Picked]:
    """The units in the parcel that nobody has claimed or paid back; all of the order's where nobody knows which."""
    if stored.order.standing in _CALLED_OFF or stored.order.shopper.is_erased:
        return
    left, packed = open_units(stored, unit), _packed(shipment, stored.order)
    for line in stored.order.lines:
        units = min(left.get(line.id, 0), packed.get(line.id, 0) if packed else line.quantity)
        if units > 0:
            yield Picked(line.id, units, line.title)


def _packed(shipment: Shipment, order: Order) -> Mapping[LineId, int]:
    sent = next((each for each in order.fulfilments if each.id == shipment.belongs_to), None)
    return {each.line: each.quantity for each in sent.lines} if sent else {}


def promised_voucher(alert: Alert, order: Order, unit: UnitOfWork) -> Voucher | None:
    """What this alert gives who waits: as its letter said, whatever the settings are now.

    None: nothing, also where another alert gave one for the parcel.
    """
    others = (each for each in _alerts_of(alert.shipment, unit) if each.id != alert.id)
    if any(each.chosen is not None and each.has_voucher for each in others):
        return None
    return alert.promised or _by_settings(order, unit)


def _new_voucher(shipment: Shipment, order: Order, unit: UnitOfWork, now: datetime) -> Voucher | None:
    """What may be promised: one a parcel, while the month's budget has room beside what was given and promised.

    Nobody else gives or promises any of it until the unit ends.
    """
    voucher = _by_settings(order, unit)
    if voucher is None or any(each.has_voucher for each in _alerts_of(shipment.id, unit)):
        return None
    amount = voucher.amount
    budget = unit.claim_desk.settings().goodwill_of_month(amount.currency)
    given = unit.claim_desk.hold_goodwill(voucher.budget_of, now.date(), amount.currency)
    return voucher if given + unit.alerts.promised(amount.currency) + amount <= budget else None


def _by_settings(order: Order, unit: UnitOfWork) -> Voucher | None:
    thanks = unit.alerts.settings().thanks
    amount = thanks.of(order.presentment_currency) if thanks else None
    return Voucher(amount, thanks.budget_of) if thanks and amount else None


def _alerts_of(shipment: ShipmentId, unit: UnitOfWork) -> Sequence[Alert]:
    return unit.alerts.of_shipments([shipment]).get(shipment, ())


def has_open_claim(stored: StoredOrder, unit: UnitOfWork) -> bool:
    """Whether the shop and the shopper are talking about this order already."""
    return any(status_of(claim) not in _SETTLED for claim in claims_of(stored.id, unit))
