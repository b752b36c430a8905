"""A claim about loss or damage on the way makes a record of what the carrier is asked for, unknown to the claim."""

from collections.abc import Sequence
from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.carrier_claim import (
    AT_CARRIER,
    DAMAGED,
    CarrierClaim,
    CarrierClaimState,
    DamagedLine,
    notice_by,
    parcels_of,
)
from plugin.domain.claim.claim import Claim
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import ClaimId, MerchantId
from plugin.domain.money import Money
from plugin.domain.shop import Role, StaffMember
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.claim.desk import Sitting
from plugin.usecases.claim.judge_lines import ExaminedLine


def ask_carrier(claim: Claim, lines: Sequence[ExaminedLine], here: Sitting) -> None:
    """The record of a claim with lines lost or damaged, made once; the caller commits."""
    damaged = [DamagedLine(each.line, each.question.delivered_at) for each in lines if each.line.reason in AT_CARRIER]
    if not damaged or here.unit.carrier_claims.of(claim.id) is not None:
        return
    prices = [each.line.judged.price for each in damaged]
    days = here.unit.claim_desk.settings().carrier_notice_days
    order = here.unit.orders.get(claim.order).order
    record = CarrierClaim(
        claim=claim.id,
        claim_number=claim.number,
        order=claim.order,
        parcels=parcels_of(order, [each.line for each in damaged]),
        value=sum(prices[1:], prices[0]),
        notice_days=days,
        notice_by=notice_by(damaged, claim.opened_at, days),
        opened_at=here.now,
        changed_at=here.now,
        reason=damaged[0].line.reason or DAMAGED,
    )
    here.unit.carrier_claims.save(record)


def move_carrier_claim(  # noqa: PLR0913 - one form of four moves
    claim: ClaimId,
    to: CarrierClaimState,
    *,
    by: StaffMember,
    merchant: MerchantId,
    units: Units,
    now: datetime,
    reference: str = "",
    amount: Money | None = None,
    seen: int | None = None,
) -> CarrierClaim:
    """The record after a member of the staff moved it on.

    Raises `RoleTooLow` below an agent, `NotFound`, `NoSuchMove`, `Invalid`, and `Conflict` when it has moved on since
    `seen`, the version the page showed.
    """
    require_role(by, Role.AGENT)
    with units(merchant) as unit:
        known = _known(claim, unit)
        if seen is not None and known.version != seen:
            raise Conflict({"what": "carrier_claim"})
        match to:
            case CarrierClaimState.FILED:
                after = known.filed(reference, by.id, now)
            case CarrierClaimState.ACCEPTED:
                after = known.paid(amount or Money.zero(known.value.currency), by.id, now)
            case _:
                after = known.moved(to, by.id, now)
        unit.carrier_claims.save(after)
        unit.commit()
    return after


def _known(claim: ClaimId, unit: UnitOfWork) -> CarrierClaim:
    found = unit.carrier_claims.of(claim)
    if found is None:
        raise NotFound({"claim": claim})
    return found
