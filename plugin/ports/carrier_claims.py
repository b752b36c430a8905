"""Records of what carriers are asked for, one for each claim about damage on the way."""

from collections.abc import Collection, Sequence
from typing import Protocol

from plugin.domain.carrier_claim import CarrierClaim, CarrierClaimState
from plugin.domain.ids import ClaimId


class CarrierClaims(Protocol):
    """One merchant's."""

    def of(self, claim: ClaimId) -> CarrierClaim | None:
        """That of a claim; None: it has none."""
        ...

    def listed(self, states: Collection[CarrierClaimState], limit: int) -> Sequence[CarrierClaim]:
        """Those in these states, the first to be told of first."""
        ...

    def save(self, changed: CarrierClaim) -> None:
        """Insert (version 0) or compare-and-swap on version; `Conflict` when it has moved on, or there is one."""
        ...
