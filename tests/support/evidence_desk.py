"""One shopper's claim and everything that keeps its files: storage in memory, real decoders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from integrations.images.redraw import RedrawnImages
from plugin.domain.evidence import CHUNK_BYTES, Evidence, Limits, ScanState
from plugin.domain.ids import ClaimDraftId, PersonId
from plugin.ports.errors import Unavailable
from plugin.ports.evidence_keeping import EvidenceKeeping
from plugin.usecases.announce_evidence import Announced, announce_evidence
from plugin.usecases.check_evidence import check_evidence
from plugin.usecases.receive_chunk import Chunk, receive_chunk
from plugin.usecases.sweep_evidence import sweep_evidence
from plugin.usecases.view_evidence import view_evidence
from tests.build import MERCHANT, NOW, a_shop, a_stored_order
from tests.fakes.files import FakeFiles
from tests.fakes.sources import FakeIds
from tests.fakes.units import FakeUnits

DRAFT = ClaimDraftId("draft1")


@dataclass
class FakeScanner:
    says: ScanState = ScanState.CLEAN
    seen: bytes = b""
    is_down: bool = False

    def scan(self, content: Iterable[bytes]) -> ScanState:
        if self.is_down:
            raise Unavailable("virus scanner")
        self.seen = b"".join(content)
        return self.says


class Desk:
    """One shopper's claim and everything that keeps its files."""

    def __init__(self) -> None:
        self.units = FakeUnits()
        self.files = FakeFiles()
        self.scanner = FakeScanner()
        self.ids = FakeIds()
        self.keeping = EvidenceKeeping(self.files, self.scanner, RedrawnImages(), Limits())
        with self.units(MERCHANT) as unit:
            unit.shops.add(a_shop())
            unit.orders.save([a_stored_order()])
            unit.commit()
        with self.units.read(MERCHANT) as unit:
            self.person = unit.people.find("ida@example.com") or PersonId("")

    def announce(self, size: int, name: str = "crack.jpg") -> Evidence:
        given = Announced(a_shop().id, DRAFT, self.person, name, "image/jpeg", size)
        limits = self.keeping.limits
        return announce_evidence(given, merchant=MERCHANT, units=self.units, ids=self.ids, limits=limits, now=NOW)

    def send(self, to: Evidence, offset: int, content: bytes, draft: ClaimDraftId = DRAFT) -> Evidence:
        chunk = Chunk(to.id, draft, offset, content)
        return receive_chunk(chunk, merchant=MERCHANT, units=self.units, files=self.files, ids=self.ids, now=NOW)

    def upload(self, content: bytes, chunk: int = CHUNK_BYTES) -> Evidence:
        evidence = self.announce(len(content))
        for at in range(0, len(content), chunk):
            evidence = self.send(evidence, at, content[at : at + chunk])
        return evidence

    def check(self, evidence: Evidence) -> Evidence:
        check_evidence(evidence.id, merchant=MERCHANT, units=self.units, keeping=self.keeping, ids=self.ids, now=NOW)
        return self.found(evidence)

    def found(self, evidence: Evidence) -> Evidence:
        with self.units.read(MERCHANT) as unit:
            return unit.evidence.get(evidence.id)

    def seen(self, evidence: Evidence) -> bytes:
        viewed = view_evidence(evidence.id, merchant=MERCHANT, units=self.units, files=self.files)
        return b"".join(viewed.content(0, viewed.stored.size))

    def sweep(self, after: timedelta = timedelta()) -> int:
        limits = self.keeping.limits
        return sweep_evidence(merchant=MERCHANT, units=self.units, files=self.files, limits=limits, now=NOW + after)
