"""Files of evidence in memory; ciphers that leave everything readable, but only for as long as the person is known."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.evidence import (
    Evidence,
    EvidenceState,
    Held,
    Limits,
    OffsetMismatch,
    Part,
    Tally,
    UnknownEvidence,
)
from plugin.domain.ids import ClaimDraftId, ClaimId, EvidenceId, ShopId
from plugin.ports.errors import Unreadable
from plugin.ports.files import Files
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeCipher:
    evidence: str

    def seal(self, name: str, content: Iterable[bytes]) -> Iterator[bytes]:
        yield self._mark(name)
        yield from content

    def open(self, name: str, files: Files, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        mark = self._mark(name)
        if b"".join(files.get(name, 0, len(mark))) != mark:
            raise Unreadable("sealed", name)
        return files.get(name, len(mark) + start, length)

    def _mark(self, name: str) -> bytes:
        return f"sealed {self.evidence} {name}\n".encode()


@dataclass(slots=True)
class FakeEvidence:
    tables: Tables

    def add(self, evidence: Evidence) -> None:
        if evidence.person not in self.tables.people.values():
            raise UnknownEvidence({"person": "erased"})
        self.tables.evidence[evidence.id] = evidence

    def get(self, evidence: EvidenceId) -> Evidence:
        found = self.tables.evidence.get(evidence)
        if found is None or not self._is_kept(found):
            raise UnknownEvidence
        return found

    def of_draft(self, draft: ClaimDraftId) -> Sequence[Evidence]:
        return self._those(lambda each: each.draft == draft)

    def of_claim(self, claim: ClaimId) -> Sequence[Evidence]:
        return self._those(lambda each: each.claim == claim)

    def tally(self, shop: ShopId, draft: ClaimDraftId, since: datetime) -> Tally:
        counted = {EvidenceState.UPLOADING, EvidenceState.CHECKING, EvidenceState.READY}
        own = [each.size for each in self.of_draft(draft) if each.state in counted]
        rows = self.tables.evidence.values()
        return Tally(
            len(own), sum(own), sum(each.size for each in rows if each.shop == shop and each.created_at >= since)
        )

    def cipher(self, evidence: EvidenceId) -> FakeCipher:
        self.get(evidence)
        return FakeCipher(evidence)

    def append(self, evidence: EvidenceId, part: Part, at: datetime) -> Evidence:
        known = self.get(evidence)
        received = part.offset + part.length
        if known.received != part.offset or known.state is not EvidenceState.UPLOADING or received > known.size:
            raise OffsetMismatch({"offset": known.received})
        state = EvidenceState.CHECKING if received == known.size else known.state
        self.tables.evidence[evidence] = replace(known, received=received, touched_at=at, state=state)
        self.tables.evidence_parts[evidence, part.offset] = part
        return self.get(evidence)

    def parts(self, evidence: EvidenceId) -> Sequence[Part]:
        return [part for (of, _), part in sorted(self.tables.evidence_parts.items()) if of == evidence]

    def settle(self, evidence: EvidenceId, held: Held, at: datetime) -> bool:
        known = self.tables.evidence.get(evidence)
        if known is None or known.state is not EvidenceState.CHECKING:
            return False
        state = EvidenceState.READY if held.stored else EvidenceState.REFUSED
        settled = replace(known, state=state, completed_at=at, scan=held.scan, stored=held.stored, refusal=held.refusal)
        self.tables.evidence[evidence] = settled
        self._forget_parts(evidence)
        return True

    def attach(self, draft: ClaimDraftId, claim: ClaimId) -> int:
        theirs = [each for each in self.of_draft(draft) if each.claim is None]
        self.tables.evidence |= {each.id: replace(each, claim=claim) for each in theirs}
        return len(theirs)

    def drop(self, evidence: EvidenceId) -> None:
        if self.get(evidence).claim is not None:
            raise UnknownEvidence
        self._drop([self.get(evidence)])

    def drop_due(self, limits: Limits, now: datetime) -> int:
        return self._drop(self._due(limits, now))

    def has_due(self, limits: Limits, now: datetime) -> bool:
        return bool(self.dropped(1) or self._due(limits, now) or self._gone(now - limits.day))

    def _gone(self, before: datetime) -> list[Evidence]:
        rows = self.tables.evidence.values()
        return [each for each in rows if each.state is EvidenceState.GONE and each.created_at < before]

    def _due(self, limits: Limits, now: datetime) -> list[Evidence]:
        def is_due(each: Evidence) -> bool:
            is_idle = each.state is EvidenceState.UPLOADING and each.touched_at < now - limits.idle
            is_unclaimed = each.claim is None and each.created_at < now - limits.unclaimed
            return is_idle or is_unclaimed or each.created_at < now - limits.kept

        return self._those(is_due)

    def dropped(self, limit: int) -> Sequence[EvidenceId]:
        return [each.id for each in self._oldest_first() if self._is_dropped(each)][:limit]

    def remove(self, evidence: Sequence[EvidenceId], before: datetime) -> None:
        rows = self.tables.evidence
        for gone in set(self.dropped(len(rows))) & set(evidence):
            rows[gone] = replace(rows[gone], state=EvidenceState.GONE)
            self._forget_parts(gone)
        for each in self._gone(before):
            del rows[each.id]

    def stuck(self, before: datetime, limit: int) -> Sequence[EvidenceId]:
        waiting = self._those(lambda each: each.state is EvidenceState.CHECKING and each.touched_at < before)
        return [each.id for each in sorted(waiting, key=lambda each: (each.touched_at, each.id))][:limit]

    def _those(self, is_one: Callable[[Evidence], bool]) -> list[Evidence]:
        return [each for each in self._oldest_first() if is_one(each) and self._is_kept(each)]

    def _oldest_first(self) -> list[Evidence]:
        return sorted(self.tables.evidence.values(), key=lambda each: (each.created_at, each.id))

    def _drop(self, dropped: Sequence[Evidence]) -> int:
        self.tables.evidence |= {each.id: replace(each, state=EvidenceState.DROPPED, name="") for each in dropped}
        return len(dropped)

    def _is_kept(self, evidence: Evidence) -> bool:
        return evidence.state is not EvidenceState.GONE and not self._is_dropped(evidence)

    def _is_dropped(self, evidence: Evidence) -> bool:
        is_erased = evidence.person in self.tables.erased and evidence.state is not EvidenceState.GONE
        return evidence.state is EvidenceState.DROPPED or is_erased

    def _forget_parts(self, evidence: EvidenceId) -> None:
        for key in [key for key in self.tables.evidence_parts if key[0] == evidence]:
            del self.tables.evidence_parts[key]
