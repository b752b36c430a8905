"""How far platforms' returns follow claims, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import ClaimId, OrderId, ShopId
from plugin.domain.returning.kept_return import KeptReturn
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeKeptReturns:
    tables: Tables

    def get(self, claim: ClaimId) -> KeptReturn | None:
        return self.tables.kept_returns.get(claim)

    def of_order(self, order: OrderId) -> Sequence[KeptReturn]:
        rows = self.tables.kept_returns
        return [rows[claim] for claim in sorted(rows) if rows[claim].order == order]

    def save(self, kept: KeptReturn) -> None:
        known = self.tables.kept_returns.get(kept.claim)
        if kept.version != (known.version if known else 0):
            raise Conflict({"what": "kept_return"})
        if kept.claim not in self.tables.claims:
            raise NotFound({"what": "parent"})
        new = replace(kept, version=kept.version + 1)
        self.tables.kept_returns = {**self.tables.kept_returns, kept.claim: new}

    def due(self, now: datetime, limit: int) -> Sequence[tuple[ClaimId, datetime]]:
        rows = sorted((each.due_at, each.claim) for each in self.tables.kept_returns.values() if each.due_at)
        return [(claim, at) for at, claim in rows if at <= now][:limit]

    def behind(
        self, shops: Sequence[ShopId], after: datetime, before: datetime, limit: int
    ) -> Sequence[tuple[ClaimId, datetime]]:
        known = self.tables.kept_returns
        late = sorted(
            (claim.changed_at, claim.id)
            for claim in self.tables.claims.values()
            if claim.shop in shops
            if after <= claim.changed_at < before and not _is_seen(known.get(claim.id), claim.version)
        )
        return [(claim, at) for at, claim in late][:limit]


def _is_seen(kept: KeptReturn | None, version: int) -> bool:
    return kept is not None and (kept.seen >= version or kept.due_at is not None)
