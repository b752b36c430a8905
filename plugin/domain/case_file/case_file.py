"""What a case file is made of. Its fields are a published format: one is only ever added, with the format's number."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plugin.domain.basis import Basis
from plugin.domain.claim.status import ClaimStatus
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.evidence.evidence import EvidenceState, ScanState
from plugin.domain.order import PaymentKind, Platform, Price, Standing
from plugin.domain.refund.allocation import Allocation
from plugin.domain.refund.intent import Means, RefundState
from plugin.domain.times import Moment

FORMAT = "aftercare-case-file/1"


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote, with the salt (hexadecimal) of its seal."""

    text: str
    salt: str


@dataclass(frozen=True, slots=True)
class FiledEntry:
    """An entry of the record: its body as it was written, byte for byte, and the body's SHA-256 (hexadecimal).

    `words` None: nothing was written with it, or it is sealed for good because its person was erased (`is_erased`).
    """

    body: str
    hash: str
    words: Words | None
    is_erased: bool


@dataclass(frozen=True, slots=True)
class FiledClaim:
    """The claim as its record tells it."""

    id: str
    number: str
    track: ClaimTrack
    status: ClaimStatus
    language: str
    country: str | None
    zone: str | None
    opened_at: datetime
    changed_at: datetime
    declared_at: datetime | None


@dataclass(frozen=True, slots=True)
class FiledParties:
    """Whose claim it is, towards whom. The shopper's part is None once they were erased.

    `trader`: who sells in the order's market, by the policy the claim was judged by.
    """

    trader: str | None
    shop: str
    platform: Platform
    shopper_name: str | None
    shopper_email: str | None


@dataclass(frozen=True, slots=True)
class FiledLine:
    """A line of the order."""

    id: str
    title: str
    sku: str | None
    quantity: int
    total: Price
    tax: Price


@dataclass(frozen=True, slots=True)
class FiledOrder:
    """The order as its platform last reported it; `deliveries`: when which source said that goods had arrived."""

    id: str
    external_id: str
    number: str
    standing: Standing
    payment: PaymentKind
    country: str | None
    placed: Moment
    total: Price
    shipping: Price
    lines: tuple[FiledLine, ...]
    deliveries: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class FiledPolicy:
    """The version the claim was judged by; `digest`: SHA-256 of its document as canonical JSON, None if it is gone."""

    version: str
    effective_from: datetime | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class FiledLaw:
    """Which state of the law and of the calendars the claim was judged by, and everything that was cited in it."""

    rulebook: str
    calendar: str
    cited: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class FiledText:
    """Words the shopper was shown with the order: which, in which version, the SHA-256 of exactly these words, when."""

    what: str
    language: str
    version: str
    digest: str
    shown_at: datetime


@dataclass(frozen=True, slots=True)
class FiledRefund:
    """Money of this claim; `allocations` add up to `total`."""

    id: str
    state: RefundState
    means: Means
    total: Price
    allocations: tuple[Allocation, ...]
    created_at: datetime
    changed_at: datetime
    platform_refund: str | None
    reverses: str | None


@dataclass(frozen=True, slots=True)
class FiledEvidence:
    """A file that belongs to the claim; `digest`: SHA-256 of its bytes, None while or where none are kept."""

    id: str
    name: str
    state: EvidenceState
    media_type: str | None
    size: int | None
    digest: str | None
    scan: ScanState
    added_at: datetime


@dataclass(frozen=True, slots=True)
class FiledLetter:
    """A letter that left for the shopper, by the entry that says so."""

    entry: int
    kind: str
    mail: str
    language: str
    queued_at: datetime


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All of it, as of the record's last entry: the same state gives the same file, whenever it is asked for.

    `issuer`: the address of the installation that made it, where its public key is published.
    """

    format: str
    issuer: str
    as_of: datetime
    claim: FiledClaim
    parties: FiledParties
    order: FiledOrder
    record: tuple[FiledEntry, ...]
    policy: FiledPolicy | None
    law: FiledLaw
    shown: tuple[FiledText, ...]
    refunds: tuple[FiledRefund, ...]
    evidence: tuple[FiledEvidence, ...]
    letters: tuple[FiledLetter, ...]


class Algorithm(StrEnum):
    """How it is signed."""

    ED25519 = "Ed25519"


@dataclass(frozen=True, slots=True)
class Signature:
    """Over the bytes of `case` as they stand in the file (RFC 8032). All in lower-case hexadecimal.

    `key_id`: the first 16 digits of the SHA-256 of the public key.
    """

    algorithm: Algorithm
    key_id: str
    public_key: str
    value: str


@dataclass(frozen=True, slots=True)
class SignedCaseFile:
    """The document: the case, and the signature over it."""

    case: CaseFile
    signature: Signature
