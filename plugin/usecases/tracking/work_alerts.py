"""Work on alerts as the staff: seen to, taken up again, claimed for the shopper, put back into stock."""

from collections.abc import Callable
from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.money import LOST
from plugin.domain.claim.never_came import DAMAGED
from plugin.domain.effects import MarkRefused
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimDraftId, MerchantId
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Role, StaffMember
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.ports.unit_of_work import Units
from plugin.usecases.claim.decide import agent
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.open import ClaimForm, FormLine, open_here
from plugin.usecases.tracking.situation import parcel_units

CLAIMED = {AlertKind.LOST: LOST, AlertKind.DAMAGED: DAMAGED, AlertKind.SENT_BACK: LOST, AlertKind.NO_SCAN: LOST}
"""What an agent may claim for the shopper, and the reason it is claimed for."""
_BY_AGENT = "agent"


class NothingToTakeBack(Conflict):
    """Only what was refused on delivery and never paid goes straight back into stock; the rest by its claim."""

    code = "nothing_to_take_back"


def resolve_alert(alert: str, *, by: StaffMember, merchant: MerchantId, units: Units, now: datetime) -> Alert:
    """The alert, seen to. Raises `RoleTooLow` below an agent, `NotFound`."""
    return _changed(alert, lambda known: known.resolve(by.id, now), by, merchant, units)


def take_up_alert(alert: str, *, by: StaffMember, merchant: MerchantId, units: Units) -> Alert:
    """The alert, to be looked at after all. Raises `RoleTooLow` below an agent, `NotFound`."""
    return _changed(alert, Alert.take_up, by, merchant, units)


def claim_parcel(alert: str, *, by: StaffMember, desk: Desk, now: datetime, language: str) -> Claim:
    """The claim for everything in the parcel that is left; the same again for the same alert.

    It is opened for the shopper, who is told of it, and with it what the carrier is asked for. Raises `RoleTooLow`
    below an agent, `NotFound`, `Conflict` for an alert about nothing to claim, `NothingClaimed` when nothing is left.
    """
    require_role(by, Role.AGENT)
    with desk.sitting(now) as here:
        known = here.unit.alerts.get(alert)
        reason = CLAIMED.get(known.kind)
        if reason is None or known.is_unpaid:
            raise Conflict({"what": "alert", "kind": known.kind})
        stored, shipment = here.unit.orders.get(known.order), here.unit.shipments.get(known.shipment)
        here.unit.claims.hold(known.order)
        units = parcel_units(shipment, stored, here.unit)
        form = ClaimForm(
            draft=ClaimDraftId(known.id),
            order=known.order,
            lines=tuple(FormLine(each.line, each.quantity, reason, Remedy.REFUND) for each in units),
            language=language,
            proof=_BY_AGENT,
            by=agent(by),
        )
        claim = open_here(form, here)
        here.unit.commit()
    return claim


def put_back(alert: str, *, by: StaffMember, merchant: MerchantId, units: Units, now: datetime) -> Alert:
    """The alert seen to, its goods on their way into stock; once, however often the button is pressed.

    Nothing is paid back: nothing was paid. Raises `RoleTooLow` below an agent, `NotFound`, `NothingToTakeBack`.
    """
    require_role(by, Role.AGENT)
    with units(merchant) as unit:
        known = unit.alerts.get(alert)
        if not known.is_refused:
            raise NothingToTakeBack({"alert": alert})
        after = known.resolve(by.id, now)
        if after is not known:
            unit.alerts.save([after])
        unit.queue.add([MarkRefused(merchant, alert, is_back=True)], key=f"{alert}:back")
        unit.commit()
    return after


def _changed(
    alert: str, change: Callable[[Alert], Alert], by: StaffMember, merchant: MerchantId, units: Units
) -> Alert:
    require_role(by, Role.AGENT)
    with units(merchant) as unit:
        known = unit.alerts.get(alert)
        after = change(known)
        if after != known:
            unit.alerts.save([after])
            unit.commit()
    return after
