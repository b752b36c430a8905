"""Evidence on record, and the key that each file is sealed under."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.evidence import Evidence, Held, Limits, Part, Tally
from plugin.domain.ids import ClaimDraftId, ClaimId, EvidenceId, ShopId
from plugin.ports.files import Files


class FileCipher(Protocol):
    """Seals and opens the objects of one file under the key of the person it is about, piece by piece."""

    def seal(self, name: str, content: Iterable[bytes]) -> Iterator[bytes]:
        """The sealed form of an object; `name` is bound in."""
        ...

    def open(self, name: str, files: Files, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """Plain bytes of an object from `start` on; nothing is given out that was not authenticated.

        Raises `Unreadable` when an object is altered, cut short or another's.
        """
        ...


class EvidenceRecords(Protocol):
    """Files of evidence and the parts of unfinished ones; names are sealed under the person's key."""

    def add(self, evidence: Evidence) -> None:
        """Record an announced file. Raises `NotFound` when the person was erased or never known."""
        ...

    def get(self, evidence: EvidenceId) -> Evidence:
        """Raises `UnknownEvidence`, for one that is dropped too."""
        ...

    def of_draft(self, draft: ClaimDraftId) -> Sequence[Evidence]:
        """The files of a claim that is being written, oldest first, those dropped left out."""
        ...

    def of_claim(self, claim: ClaimId) -> Sequence[Evidence]:
        """The files of a submitted claim, oldest first, those dropped left out."""
        ...

    def tally(self, shop: ShopId, draft: ClaimDraftId, since: datetime) -> Tally:
        """What counts against the limits; `since` begins the day."""
        ...

    def cipher(self, evidence: EvidenceId) -> FileCipher:
        """The key of a file's objects. Raises `UnknownEvidence` once the person was erased."""
        ...

    def append(self, evidence: EvidenceId, part: Part, at: datetime) -> Evidence:
        """Record bytes that came, at the end of what is there. Raises `OffsetMismatch`, `UnknownEvidence`.

        Of two that begin at the same offset one is taken.
        """
        ...

    def parts(self, evidence: EvidenceId) -> Sequence[Part]:
        """The parts of an unfinished file, in order."""
        ...

    def settle(self, evidence: EvidenceId, held: Held, at: datetime) -> bool:
        """Record what was found in a file that waits to be checked, and forget its parts; False when none waits."""
        ...

    def attach(self, draft: ClaimDraftId, claim: ClaimId) -> int:
        """The draft was submitted as this claim: its files are the claim's now; how many."""
        ...

    def drop(self, evidence: EvidenceId) -> None:
        """Let a file go that belongs to no submitted claim. Raises `UnknownEvidence`."""
        ...

    def drop_due(self, limits: Limits, now: datetime) -> int:
        """Let go what ran idle, was never claimed, or was kept long enough; how many."""
        ...

    def has_due(self, limits: Limits, now: datetime) -> bool:
        """Whether anything is to be let go or to be removed; cheap when not."""
        ...

    def dropped(self, limit: int) -> Sequence[EvidenceId]:
        """Files whose objects are to be removed."""
        ...

    def remove(self, evidence: Sequence[EvidenceId], before: datetime) -> None:
        """The objects of these dropped files are gone; forget whichever gone files were announced before then.

        Younger ones still count against their shop's day.
        """
        ...

    def stuck(self, before: datetime, limit: int) -> Sequence[EvidenceId]:
        """Files that wait to be checked and had their last bytes before then."""
        ...
