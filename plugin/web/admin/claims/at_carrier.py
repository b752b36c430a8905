"""What the carrier is asked for goods damaged on the way, as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from plugin.domain.carrier_claim import MACHINE, CarrierClaim, CarrierClaimState
from plugin.domain.ids import ClaimId
from plugin.web.admin.auth import presence
from plugin.web.deps import deps


@dataclass(frozen=True, slots=True)
class CarrierView:
    """A record as a page shows it; `may`: the moves there are."""

    record: CarrierClaim
    is_late: bool
    may: Sequence[str]


def carrier_view(claim: ClaimId) -> CarrierView | None:
    """What the carrier is asked for with this claim; None: nothing."""
    with deps().units.read(presence().merchant) as unit:
        record = unit.carrier_claims.of(claim)
    return view_of(record) if record else None


def view_of(record: CarrierClaim) -> CarrierView:
    """The record with its moves."""
    may = [to.value for to in CarrierClaimState if MACHINE.allows(record.state, to)]
    return CarrierView(record, record.is_late(deps().clock.now()), may)
