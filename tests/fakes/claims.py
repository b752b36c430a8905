"""Claims in memory: the entries, and the fold of them in place of flat rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.record import Entry
from plugin.domain.claim.wakes import wakes_at
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import ClaimId, OrderId, PersonId, ShopId
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeClaims:
    tables: Tables

    def record(self, claim: ClaimId) -> Sequence[Entry]:
        if claim not in self.tables.claim_entries:
            raise NotFound({"claim": claim})
        holder = self.tables.holders.get(self.tables.claims[claim].order)
        return [self._opened(claim, entry, holder) for entry in self.tables.claim_entries[claim]]

    def append(self, claim: Claim, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        known = self.tables.claim_entries.get(claim.id, ())
        if entries[0].seq != len(known) + 1 or self._is_taken(claim):
            raise Conflict({"what": "claim"})
        if claim.order not in self.tables.orders:
            raise NotFound({"what": "parent"})
        self.tables.claim_entries[claim.id] = (*known, *entries)
        self.tables.claims[claim.id] = claim
        holder = self.tables.holders.get(claim.order)
        self.tables.claim_writers |= {(claim.id, entry.seq): holder for entry in entries if holder}

    def rebuild(self, claim: Claim) -> bool:
        if claim.id not in self.tables.claim_entries:
            raise NotFound({"claim": claim.id})
        if len(self.tables.claim_entries[claim.id]) != claim.version:
            raise Conflict({"what": "claim"})
        is_new = self.tables.claims.get(claim.id) != claim
        self.tables.claims[claim.id] = claim
        return is_new

    def of_order(self, order: OrderId) -> Sequence[ClaimId]:
        found = sorted((each.opened_at, each.id) for each in self.tables.claims.values() if each.order == order)
        return [claim for _, claim in found]

    def on_record(self, wanted: Sequence[ClaimId]) -> frozenset[ClaimId]:
        return frozenset(wanted) & self.tables.claims.keys()

    def by_number(self, shop: ShopId, number: str) -> ClaimId | None:
        typed = "".join(number.split()).removeprefix("#").upper()
        found = (each.id for each in self.tables.claims.values() if (each.shop, each.number) == (shop, typed))
        return next(found, None)

    def next_number(self, shop: ShopId, now: datetime) -> str:  # noqa: ARG002 - the port's signature; numbers count up here
        taken = {each.number for each in self.tables.claims.values()}
        return next(number for at in count(222222) if (number := f"R-{at}") not in taken)

    def hold(self, order: OrderId) -> None:
        if order not in self.tables.orders:
            raise NotFound({"order": order})

    def due(self, now: datetime, limit: int) -> Sequence[ClaimId]:
        woken = ((wakes_at(each), each.id) for each in self.tables.claims.values())
        due = sorted((at, claim) for at, claim in woken if at and at <= now)
        return [claim for _, claim in due][:limit]

    def batch(self, after: ClaimId | None, limit: int) -> Sequence[ClaimId]:
        return sorted(claim for claim in self.tables.claims if after is None or claim > after)[:limit]

    def _is_taken(self, claim: Claim) -> bool:
        others = (each for each in self.tables.claims.values() if each.id != claim.id)
        return any(each.number == claim.number for each in others)

    def _opened(self, claim: ClaimId, entry: Entry, holder: PersonId | None) -> Entry:
        is_erased = {self.tables.claim_writers.get((claim, entry.seq)), holder} & self.tables.erased.keys()
        return replace(entry, private=None) if is_erased else entry
