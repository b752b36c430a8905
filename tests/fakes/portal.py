"""What the shopper's pages keep, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.capabilities import Capabilities
from plugin.domain.claim_draft import ClaimDraft, UnknownDraft
from plugin.domain.ids import ClaimDraftId, OrderId
from plugin.ports.claim_drafts import LinkRequest
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeAttempts:
    tables: Tables

    def count(self, what: str, who: str, slot: datetime) -> int:
        key = (what, who, slot)
        self.tables.attempts[key] = self.tables.attempts.get(key, 0) + 1
        return self.tables.attempts[key]

    def forget(self, before: datetime) -> int:
        old = [key for key in self.tables.attempts if key[2] < before]
        for key in old:
            del self.tables.attempts[key]
        return len(old)


@dataclass(slots=True)
class FakeLinkRequests:
    tables: Tables

    def waiting(self, before: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
        rows = [(each.id, each.asked_at) for each in self.tables.link_requests.values() if each.asked_at < before]
        return sorted(rows, key=lambda row: row[1], reverse=True)[:limit]

    def add(self, request: LinkRequest) -> None:
        self.tables.link_requests[request.id] = request

    def take(self, request: str) -> LinkRequest | None:
        return self.tables.link_requests.pop(request, None)

    def forget(self, before: datetime) -> int:
        old = [each.id for each in self.tables.link_requests.values() if each.asked_at < before]
        for request in old:
            del self.tables.link_requests[request]
        return len(old)


@dataclass(slots=True)
class FakeClaimDrafts:
    tables: Tables
    may_lock: bool
    """PostgreSQL locks no row in a unit that only reads."""

    def open(self, order: OrderId) -> ClaimDraft | None:
        drafts = self.tables.claim_drafts.values()
        return next((each for each in drafts if each.order == order and not each.claim and self._is_known(each)), None)

    def hold(self, draft: ClaimDraftId) -> ClaimDraft:
        assert self.may_lock, "a reading unit locks nothing"
        found = self.tables.claim_drafts.get(draft)
        if found is None or not (found.claim or self._is_known(found)):
            raise UnknownDraft
        return found

    def add(self, draft: ClaimDraft) -> bool:
        if not self._is_known(draft):
            raise UnknownDraft
        open_ones = [each for each in self.tables.claim_drafts.values() if each.order == draft.order and not each.claim]
        for each in open_ones:
            if each.person == draft.person:
                return False
            del self.tables.claim_drafts[each.id]
        self.tables.claim_drafts[draft.id] = draft
        return True

    def save(self, draft: ClaimDraft) -> None:
        if draft.id not in self.tables.claim_drafts or not (draft.claim or self._is_known(draft)):
            raise UnknownDraft
        kept = replace(draft, can=self.tables.claim_drafts[draft.id].can)
        self.tables.claim_drafts[draft.id] = replace(kept, lines=()) if draft.claim else kept

    def learn(self, draft: ClaimDraftId, can: Capabilities) -> None:
        if draft in self.tables.claim_drafts:
            self.tables.claim_drafts[draft] = replace(self.tables.claim_drafts[draft], can=can)

    def forget(self, before: datetime) -> int:
        old = [each.id for each in self.tables.claim_drafts.values() if each.touched_at < before]
        for draft in old:
            del self.tables.claim_drafts[draft]
        return len(old)

    def _is_known(self, draft: ClaimDraft) -> bool:
        return draft.person in self.tables.people.values()
