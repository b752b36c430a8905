"""How much evidence there may be: of one file, of one claim, of one shop in a day."""

from dataclasses import dataclass
from datetime import timedelta

from plugin.domain.evidence.errors import EvidenceTooLarge, TooMuchEvidence

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Tally:
    """What is on record already; refused files count for the day, so that sending rubbish has an end."""

    files_of_draft: int
    bytes_of_draft: int
    bytes_of_day: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; `day_bytes` counts what a shop's shoppers announced within a day, also what they took back."""

    file_bytes: int = 200 * MEGABYTE
    files_of_claim: int = 10
    claim_bytes: int = 500 * MEGABYTE
    day_bytes: int = 5_000 * MEGABYTE
    day: timedelta = timedelta(days=1)
    idle: timedelta = timedelta(hours=24)
    """An upload that rests for this long is removed."""
    unclaimed: timedelta = timedelta(days=7)
    """A file whose claim was never submitted is removed."""
    kept: timedelta = timedelta(days=1095)
    """A file is kept for three years: as long as most claims from a sale can be brought (for Germany BGB § 195)."""

    def check(self, size: int, tally: Tally) -> None:
        """Whether one more file of this size may come. Raises `EvidenceTooLarge`, `TooMuchEvidence`."""
        if not 0 < size <= self.file_bytes:
            raise EvidenceTooLarge({"field": "size", "most": self.file_bytes})
        if tally.files_of_draft >= self.files_of_claim:
            raise TooMuchEvidence({"what": "files", "most": self.files_of_claim})
        if tally.bytes_of_draft + size > self.claim_bytes:
            raise TooMuchEvidence({"what": "claim", "most": self.claim_bytes})
        if tally.bytes_of_day + size > self.day_bytes:
            raise TooMuchEvidence({"what": "day", "most": self.day_bytes})
