"""Everything that is kept about one person in one shop, as it is handed to them.

Source: Regulation (EU) 2016/679 art. 15(3) (a copy of the data) and art. 20(1) (structured, machine-readable).
"""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.case_file.case_file import CaseFile
from plugin.domain.claim_draft import ClaimDraft
from plugin.domain.declaration import Declaration
from plugin.domain.entitlement import LineEntitlements
from plugin.domain.ids import ClaimId, PersonId
from plugin.domain.order import Order, Platform
from plugin.domain.personal_view import Seen
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.payee import Payee
from plugin.domain.shown import ShownText
from plugin.domain.stored import DeliveryMark, LineRepair, ParcelArrival
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.domain.tracking.shipment import Shipment

FORMAT = "aftercare-person-file/1"


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody of the shop's staff opened a page that shows the person's data; who is not told (CJEU C-579/21)."""

    at: datetime
    seen: Seen
    number: str


@dataclass(frozen=True, slots=True)
class PaidTo:
    """Where a refund is paid to."""

    refund: str
    payee: Payee


@dataclass(frozen=True, slots=True)
class PersonOrder:
    """One order with all that is the person's about it; `entitlements` as they were last computed.

    `parcels` with what was told of them, as far as it was while the order was theirs; `alerts` about them, likewise.
    """

    id: str
    order: Order
    policy_version: str | None
    marks: tuple[DeliveryMark, ...]
    repairs: tuple[LineRepair, ...]
    entitlements: tuple[LineEntitlements, ...]
    shown: tuple[ShownText, ...]
    refunds: tuple[RefundIntent, ...]
    paid_to: tuple[PaidTo, ...]
    arrivals: tuple[ParcelArrival, ...] = ()
    parcels: tuple[Shipment, ...] = ()
    alerts: tuple[Alert, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonClaim:
    """A claim as its case file has it; words that are somebody else's are left out."""

    case: CaseFile


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file that lies beside: `path` in the archive; `name` as it was called when it was handed in, None: a label.

    Not `is_readable`: it is on record and does not open, being damaged, missing, or a label made for somebody else.
    """

    path: str
    name: str | None
    media_type: str
    size: int
    claim: ClaimId | None
    is_readable: bool = True


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """A letter to the person that has not left yet. Those that left are told of by their claims; no copy is kept."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class UnreadMessage:
    """Something from the shop that names the person and could not be read, so that it cannot be told what it says."""

    topic: str
    code: str
    parked_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class PersonFile:
    """All of it, as of an instant. `issuer`: the address of the installation that keeps it."""

    format: str
    issuer: str
    as_of: datetime
    shop: str
    platform: Platform
    person: PersonId
    orders: tuple[PersonOrder, ...]
    claims: tuple[PersonClaim, ...]
    drafts: tuple[ClaimDraft, ...]
    declarations: tuple[Declaration, ...]
    files: tuple[PackedFile, ...]
    mails: tuple[WaitingMail, ...]
    looks: tuple[Looked, ...]
    unread: tuple[UnreadMessage, ...]
