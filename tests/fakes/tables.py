"""One merchant's rows in memory; every value is frozen, so copying the tables copies everything."""

from copy import copy as shallow
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Self

from plugin.domain.artwork import Artwork
from plugin.domain.carrier_claim import CarrierClaim
from plugin.domain.certificates import Certificate
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.record import Entry
from plugin.domain.claim_draft import ClaimDraft
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.connection import Connection
from plugin.domain.data_request import DataRequest
from plugin.domain.declaration import Declaration
from plugin.domain.disconnection import Disconnection
from plugin.domain.effects import Effect
from plugin.domain.entitlement import LineEntitlements
from plugin.domain.evidence import Evidence, Part
from plugin.domain.failed_effect import FailedEffect
from plugin.domain.hooks import ShopHooks
from plugin.domain.ids import (
    BatchId,
    ClaimDraftId,
    ClaimId,
    DataRequestId,
    DeclarationId,
    EvidenceId,
    InboxId,
    LabelId,
    OrderId,
    ParkedId,
    PersonId,
    RefundId,
    ShipmentId,
    ShopId,
    StaffId,
)
from plugin.domain.key_request import KeyRequest
from plugin.domain.left_notice import LeftNotice
from plugin.domain.legal_documents import AttestedText
from plugin.domain.money import Money
from plugin.domain.passkey import Passkey
from plugin.domain.personal_view import PersonalView
from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.draft import Draft
from plugin.domain.policy.publication import Publication
from plugin.domain.posting import Posted, Posting
from plugin.domain.published import Place
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.payee import Payee
from plugin.domain.returning.batch import HubBatch
from plugin.domain.returning.kept_return import KeptReturn
from plugin.domain.returning.label import Label
from plugin.domain.returning.points import DropOffPoint
from plugin.domain.returning.settings import NOTHING_SET, ReturnSettings
from plugin.domain.sender import Sender
from plugin.domain.setup_word import SetupStep, SetupWord
from plugin.domain.shop import JoinCode, Merchant, Session, Shop, SignInLink, StaffMember
from plugin.domain.shop_events import Product
from plugin.domain.shop_token import ShopToken
from plugin.domain.shown import ShownText
from plugin.domain.stored import InboxMessage, ParkedRecord, StoredOrder
from plugin.domain.tracking.account import CarrierAccount
from plugin.domain.tracking.alert_settings import AlertSettings
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.lane import Lane
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.domain.tracking.push import Push, PushId
from plugin.domain.tracking.scorecard import Scored
from plugin.domain.tracking.shipment import Shipment
from plugin.ports.claim_drafts import LinkRequest
from plugin.ports.mailer import Mail


@dataclass(frozen=True, slots=True)
class Waiting:
    """An inbox row: the message, when it is due, and until when it is leased."""

    message: InboxMessage
    delivery_key: str
    due_at: datetime
    leased_until: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration's row: with the form it came from, who sent it, and whose address it names."""

    declaration: Declaration
    form: str
    caller: str
    person: PersonId


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection's row: the connection, and until when a worker has it."""

    connection: Connection
    leased_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant's row: the grant, and until when somebody renews it."""

    token: ShopToken
    leased_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with a message, and since when it is parked."""

    attempts: int = 0
    fault: str = ""
    detail: str = ""
    failed_at: datetime | None = None
    parked_at: datetime | None = None


@dataclass(slots=True)
class Tables:
    merchants: list[Merchant] = field(default_factory=list)
    shops: dict[ShopId, Shop] = field(default_factory=dict)
    orders: dict[OrderId, StoredOrder] = field(default_factory=dict)
    entitlements: dict[OrderId, tuple[LineEntitlements, ...]] = field(default_factory=dict)
    policies: dict[str, PolicyVersion] = field(default_factory=dict)
    publications: dict[str, Publication] = field(default_factory=dict)
    draft: Draft | None = None
    staff: dict[StaffId, StaffMember] = field(default_factory=dict)
    platform_staff: dict[tuple[ShopId, str], StaffId] = field(default_factory=dict)
    links: dict[str, SignInLink] = field(default_factory=dict)
    join_codes: dict[str, JoinCode] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    inbox: dict[InboxId, Waiting] = field(default_factory=dict)
    parked: dict[ParkedId, ParkedRecord] = field(default_factory=dict)
    failed_effects: dict[str, FailedEffect] = field(default_factory=dict)
    passkeys: dict[str, Passkey] = field(default_factory=dict)
    spent_challenges: dict[bytes, datetime] = field(default_factory=dict)
    people: dict[str, PersonId] = field(default_factory=dict)
    erased: dict[PersonId, datetime] = field(default_factory=dict)
    holders: dict[OrderId, PersonId] = field(default_factory=dict)
    mails: dict[str, Mail] = field(default_factory=dict)
    mails_queued: dict[str, datetime] = field(default_factory=dict)
    mail_failures: dict[str, Failure] = field(default_factory=dict)
    sender: Sender | None = None
    sender_tested_at: datetime | None = None
    products: dict[tuple[ShopId, str], Product] = field(default_factory=dict)
    promises: dict[tuple[ShopId, str, str], tuple[str, str]] = field(default_factory=dict)
    """By shop, product and market: the policy version and the class."""
    connections: dict[ShopId, Connected] = field(default_factory=dict)
    disconnections: dict[ShopId, Disconnection] = field(default_factory=dict)
    hooks: dict[ShopId, ShopHooks] = field(default_factory=dict)
    shop_tokens: dict[ShopId, Granted] = field(default_factory=dict)
    postings: dict[ShopId, tuple[Posting, datetime | None]] = field(default_factory=dict)
    """Each with until when somebody has it."""
    posted: dict[tuple[ShopId, Place], Posted] = field(default_factory=dict)
    left_notices: dict[str, tuple[LeftNotice, bool]] = field(default_factory=dict)
    """Each with whether it was told."""
    setup_words: dict[tuple[ShopId, SetupStep], SetupWord] = field(default_factory=dict)
    key_requests: dict[str, KeyRequest] = field(default_factory=dict)
    attested: list[AttestedText] = field(default_factory=list)
    shown: list[ShownText] = field(default_factory=list)
    certificates: dict[str, tuple[Certificate, bytes]] = field(default_factory=dict)
    artworks: dict[str, tuple[Artwork, bytes]] = field(default_factory=dict)
    evidence: dict[EvidenceId, Evidence] = field(default_factory=dict)
    evidence_parts: dict[tuple[EvidenceId, int], Part] = field(default_factory=dict)
    refunds: dict[RefundId, RefundIntent] = field(default_factory=dict)
    carrier_accounts: dict[str, tuple[CarrierAccount, datetime | None]] = field(default_factory=dict)
    """Each with until when it is somebody's turn to ask it; so with what is pushed, and who reads it."""
    carrier_pushes: dict[PushId, tuple[Push, datetime | None]] = field(default_factory=dict)
    carrier_claims: dict[ClaimId, CarrierClaim] = field(default_factory=dict)
    payees: dict[RefundId, Payee] = field(default_factory=dict)
    attempts: dict[tuple[str, str, datetime], int] = field(default_factory=dict)
    link_requests: dict[str, LinkRequest] = field(default_factory=dict)
    claim_drafts: dict[ClaimDraftId, ClaimDraft] = field(default_factory=dict)
    claim_settings: ClaimSettings = field(default_factory=ClaimSettings)
    goodwill: dict[tuple[StaffId, date, str], Money] = field(default_factory=dict)
    personal_views: list[PersonalView] = field(default_factory=list)
    claim_entries: dict[ClaimId, tuple[Entry, ...]] = field(default_factory=dict)
    claims: dict[ClaimId, Claim] = field(default_factory=dict)
    kept_returns: dict[ClaimId, KeptReturn] = field(default_factory=dict)
    scorecards: dict[int, Scored] = field(default_factory=dict)
    lanes: dict[Lane, LaneDays] = field(default_factory=dict)
    shipments: dict[ShipmentId, Shipment] = field(default_factory=dict)
    alerts: dict[str, Alert] = field(default_factory=dict)
    alert_watches: dict[ShipmentId, datetime] = field(default_factory=dict)
    alert_settings: AlertSettings = field(default_factory=AlertSettings)
    shipment_leases: dict[ShipmentId, datetime] = field(default_factory=dict)
    """Until when a worker has each."""
    claim_writers: dict[tuple[ClaimId, int], PersonId] = field(default_factory=dict)
    """Whose order it was when the words of an entry were kept."""
    declarations: dict[DeclarationId, Declared] = field(default_factory=dict)
    data_requests: dict[DataRequestId, DataRequest] = field(default_factory=dict)
    labels: dict[LabelId, Label] = field(default_factory=dict)
    dropped_labels: set[LabelId] = field(default_factory=set)
    batches: dict[BatchId, HubBatch] = field(default_factory=dict)
    return_settings: ReturnSettings = NOTHING_SET
    points: tuple[DropOffPoint, ...] = ()
    effects: list[Effect] = field(default_factory=list)
    effect_keys: set[str] = field(default_factory=set)
    projections_written: int = 0

    def copy(self) -> Self:
        twin = shallow(self)
        for entry in fields(self):
            value = getattr(self, entry.name)
            if isinstance(value, dict | list | set):
                setattr(twin, entry.name, value.copy())
        return twin
