"""Records of what carriers are asked for, in memory."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from plugin.domain.carrier_claim import CarrierClaim, CarrierClaimState
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import ClaimId
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeCarrierClaims:
    tables: Tables

    def of(self, claim: ClaimId) -> CarrierClaim | None:
        return self.tables.carrier_claims.get(claim)

    def listed(self, states: Collection[CarrierClaimState], limit: int) -> Sequence[CarrierClaim]:
        found = [each for each in self.tables.carrier_claims.values() if each.state in states]
        return sorted(found, key=lambda each: (each.notice_by, each.claim))[:limit]

    def save(self, changed: CarrierClaim) -> None:
        known = self.tables.carrier_claims.get(changed.claim)
        if changed.version != (known.version if known else 0):
            raise Conflict({"what": "carrier_claim"})
        if changed.claim not in self.tables.claims or changed.order not in self.tables.orders:
            raise NotFound({"what": "parent"})
        kept = replace(changed, version=changed.version + 1)
        self.tables.carrier_claims = {**self.tables.carrier_claims, changed.claim: kept}
