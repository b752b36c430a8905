"""One file of evidence, from its announcement to its removal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plugin.domain.ids import ClaimDraftId, ClaimId, EvidenceId, PersonId, ShopId

CHUNK_BYTES = 1024 * 1024
"""The most that one chunk of an upload holds."""


class EvidenceState(StrEnum):
    """Where a file stands."""

    UPLOADING = "uploading"
    CHECKING = "checking"
    """All bytes are here; the worker looks at them."""
    READY = "ready"
    REFUSED = "refused"
    """Looked at and not kept; `refusal` says why."""
    DROPPED = "dropped"
    """Its bytes are about to be removed: it ran idle, its time is over, or its person was erased."""
    GONE = "gone"
    """Its bytes are removed; it counts against the day's limit until the day is over."""


class ScanState(StrEnum):
    """What the virus scanner said."""

    NOT_SCANNED = "not_scanned"
    CLEAN = "clean"
    REFUSED = "refused"


class Refusal(StrEnum):
    """Why a file is not kept; the words are in `locales/<lang>/problem.json` as `evidence_<code>`."""

    KIND = "kind"
    """Neither a photo, nor a video, nor a PDF that we can read."""
    BROKEN = "broken"
    """Says it is of a kind we take, but cannot be read as one."""
    MIXED = "mixed"
    """A picture, video or PDF that is something else too, such as a web page or an archive."""
    ACTIVE = "active"
    """A PDF with a program in it."""
    TOO_LARGE = "too_large"
    """More pixels or bytes than its kind may have."""
    VIRUS = "virus"


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes of an unfinished upload: where they begin, how many they are, and the object that holds them."""

    offset: int
    length: int
    object: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it is kept: `media_type` is what its bytes say, `digest` SHA-256 in hexadecimal of what is served."""

    object: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Held:
    """The result of looking at a whole file."""

    scan: ScanState
    stored: Stored | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file. `name` and `declared_type` are the shopper's words and decide nothing; `size` is what was announced."""

    id: EvidenceId
    shop: ShopId
    draft: ClaimDraftId
    person: PersonId
    name: str
    declared_type: str
    size: int
    created_at: datetime
    touched_at: datetime
    """When the last bytes came."""
    claim: ClaimId | None = None
    received: int = 0
    state: EvidenceState = EvidenceState.UPLOADING
    scan: ScanState = ScanState.NOT_SCANNED
    stored: Stored | None = None
    refusal: Refusal | None = None
    completed_at: datetime | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every announced byte is here."""
        return self.received == self.size
