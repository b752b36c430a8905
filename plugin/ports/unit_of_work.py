"""One use case, one unit of work, one transaction: opened for one merchant, blind to every other by construction."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugin.domain.entitlement import LineEntitlements
from plugin.domain.ids import MerchantId, OrderId, PersonId, ShopId
from plugin.domain.order import Order, OrderRef, Platform
from plugin.domain.shop import Merchant, Shop
from plugin.domain.stored import InboxMessage, StoredOrder
from plugin.ports.alerts import Alerts
from plugin.ports.attempts import Attempts
from plugin.ports.attested import AttestedTexts, ShownTexts
from plugin.ports.carrier_accounts import CarrierAccounts, CarrierPushes
from plugin.ports.carrier_claims import CarrierClaims
from plugin.ports.certificates import Artworks, Certificates
from plugin.ports.claim_desk import ClaimDesk
from plugin.ports.claim_drafts import ClaimDrafts, LinkRequests
from plugin.ports.claims import Claims
from plugin.ports.connections import Connections
from plugin.ports.data_requests import DataRequests, PersonalRecords
from plugin.ports.declarations import Declarations
from plugin.ports.disconnections import Disconnections
from plugin.ports.drafts import Drafts
from plugin.ports.encoded_order import EncodedOrder
from plugin.ports.evidence import EvidenceRecords
from plugin.ports.failed_effects import FailedEffects
from plugin.ports.hooks import HookRecords
from plugin.ports.hub_batches import HubBatches
from plugin.ports.inbox import Inbox, Parked
from plugin.ports.kept_returns import KeptReturns
from plugin.ports.key_requests import KeyRequests
from plugin.ports.labels import Labels
from plugin.ports.lanes import Lanes
from plugin.ports.left_notices import LeftNotices
from plugin.ports.mails import Mails
from plugin.ports.passkeys import Passkeys
from plugin.ports.people import People
from plugin.ports.policies import Policies
from plugin.ports.products import Products
from plugin.ports.promises import ProductPromises
from plugin.ports.published_promises import Postings
from plugin.ports.queue import Queue
from plugin.ports.refunds import Refunds
from plugin.ports.return_desk import ReturnDesk
from plugin.ports.scorecards import Scorecards
from plugin.ports.senders import Senders
from plugin.ports.setup_words import SetupWords
from plugin.ports.shipments import Shipments
from plugin.ports.shop_tokens import ShopTokens
from plugin.ports.staff import Staff
from plugin.ports.undelivered import UndeliveredMails


class Shops(Protocol):
    """The merchant's own record, shops included."""

    def add_merchant(self, merchant: Merchant) -> None:
        """Record the tenant this unit was opened for; once."""
        ...

    def add(self, shop: Shop) -> None:
        """Record a new shop."""
        ...

    def get(self, shop: ShopId) -> Shop:
        """Raises `NotFound`."""
        ...

    def by_name(self, name: str) -> Shop | None:
        """The shop the merchant calls this."""
        ...

    def all(self) -> Sequence[Shop]:
        """Every shop, by name."""
        ...

    def switch_withdrawal(self, shop: ShopId, since: datetime | None) -> None:
        """Keep since when the withdrawal function is on; raises `NotFound`."""
        ...

    def connect_companion(self, shop: ShopId, since: datetime | None) -> None:
        """Keep since when the companion plugin is connected, None: it no longer is; raises `NotFound`."""
        ...

    def name_statuses(self, shop: ShopId, statuses: Sequence[str]) -> None:
        """Keep which of its statuses mean that all has arrived; raises `NotFound`."""
        ...


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """What is on record of an order without loading and opening it: enough to tell a repeat from news."""

    id: OrderId
    updated_at: datetime
    digest: bytes
    """`Orders.digest` of the order as saved, without what its lines have from the catalogue."""
    version: int
    awaits_products: bool = False
    """Whether a line's product has never been known, so that even a repeat may complete the order."""
    is_gone: bool = False
    """Whether it was deleted, so that even a repeat may bring it back."""


class Orders(Protocol):
    """Order aggregates; the shopper's part is sealed under the person's key on the way in and opened on the way out."""

    def get(self, order: OrderId) -> StoredOrder:
        """Raises `NotFound`."""
        ...

    def by_ref(self, shop: ShopId, refs: Sequence[OrderRef]) -> Mapping[OrderRef, StoredOrder]:
        """Those of these orders that are on record."""
        ...

    def numbers(self, wanted: Sequence[OrderId]) -> Mapping[OrderId, str]:
        """What people call them, of those of these orders that are on record; opens nothing."""
        ...

    def digest(self, order: Order) -> bytes:
        """A digest of everything in a report, shopper included, to compare with `digests`: equal digests, equal orders.

        Keyed by the merchant, because it outlives an erasure and must not confirm a guess at what was erased.
        """
        ...

    def digests(self, shop: ShopId, refs: Sequence[OrderRef]) -> Mapping[OrderRef, KnownOrder]:
        """Those of these orders that are on record, by digest."""
        ...

    def by_number(self, shop: ShopId, number: str) -> Sequence[StoredOrder]:
        """Orders with exactly this number, case and a leading # aside (plugins may repeat it)."""
        ...

    def of_shopper(self, shop: ShopId, email: str, number: str | None = None) -> Sequence[OrderId]:
        """Orders placed with this e-mail address, those of one number where one is given, newest first.

        One question to the database whatever is there; nothing is opened, so that the time taken tells nothing.
        """
        ...

    def of_person(self, shop: ShopId, person: PersonId) -> Sequence[OrderId]:
        """A person's orders, newest first."""
        ...

    def batch(self, shop: ShopId | None, after: OrderId | None, limit: int) -> Sequence[StoredOrder]:
        """The next orders in id order after `after`; for jobs and exports that walk everything."""
        ...

    def expect(self, encoded: Iterable[EncodedOrder]) -> None:
        """Take these encodings for these very objects in `digest` and `save`; changed copies are encoded anew."""
        ...

    def save(self, orders: Sequence[StoredOrder]) -> None:
        """Insert (version 0) or compare-and-swap on version; `Conflict` and nothing saved when one has moved on."""
        ...


class Entitlements(Protocol):
    """Stored projections: instants, inputs and versions of every clock, for lists, reminders and reports."""

    def replace(self, order: OrderId, lines: Sequence[LineEntitlements]) -> None:
        """Replace an order's projection."""
        ...

    def of(self, order: OrderId) -> Sequence[LineEntitlements]:
        """An order's projection as stored, empty when none."""
        ...

    def outdated(self, rulebook_version: str, calendar_version: str, limit: int) -> Sequence[OrderId]:
        """Orders whose projection was computed from another rulebook or calendar; cheap when there are none."""
        ...


class UnitOfWork(Protocol):
    """Everything one use case may touch, for one merchant. Leaving without `commit` changes nothing."""

    merchant: MerchantId
    shops: Shops
    orders: Orders
    entitlements: Entitlements
    policies: Policies
    drafts: Drafts
    staff: Staff
    passkeys: Passkeys
    inbox: Inbox
    parked: Parked
    failed_effects: FailedEffects
    people: People
    mails: Mails
    undelivered: UndeliveredMails
    senders: Senders
    products: Products
    promises: ProductPromises
    postings: Postings
    connections: Connections
    disconnections: Disconnections
    key_requests: KeyRequests
    hooks: HookRecords
    shop_tokens: ShopTokens
    left_notices: LeftNotices
    setup_words: SetupWords
    attested: AttestedTexts
    shown: ShownTexts
    certificates: Certificates
    artworks: Artworks
    evidence: EvidenceRecords
    labels: Labels
    hub_batches: HubBatches
    kept_returns: KeptReturns
    shipments: Shipments
    lanes: Lanes
    scorecards: Scorecards
    carrier_accounts: CarrierAccounts
    carrier_pushes: CarrierPushes
    alerts: Alerts
    return_desk: ReturnDesk
    refunds: Refunds
    declarations: Declarations
    attempts: Attempts
    link_requests: LinkRequests
    claim_drafts: ClaimDrafts
    claims: Claims
    carrier_claims: CarrierClaims
    claim_desk: ClaimDesk
    data_requests: DataRequests
    personal_records: PersonalRecords
    queue: Queue

    def commit(self) -> None:
        """Make it so; the last call."""
        ...


class Units(Protocol):
    """Opens units of work."""

    def __call__(self, merchant: MerchantId, *, is_incoming: bool = False) -> AbstractContextManager[UnitOfWork]:
        """A unit that sees this merchant only; writes wait their turn, `is_incoming` ones (inbox) before others."""
        ...

    def read(self, merchant: MerchantId) -> AbstractContextManager[UnitOfWork]:
        """A unit that can only read, never waits for a writer and cannot commit; for pages and storefront answers."""
        ...


class InboxLease(Protocol):
    """Across merchants, for jobs only: hands due inbox messages to one worker at a time."""

    def lease(self, now: datetime, until: datetime, limit: int) -> Sequence[InboxMessage]:
        """Due messages, oldest first, leased until then; a lease that runs out is handed on."""
        ...

    def is_any_due(self, now: datetime) -> bool:
        """Whether `lease` would find any."""
        ...


class Directory(Protocol):
    """Across merchants, read only: who a public name belongs to."""

    def shop_by_key(self, key: str) -> Shop | None:
        """The shop with this public key."""
        ...

    def shop_by_address(self, platform: Platform, address: str) -> Shop | None:
        """The shop the platform has shown to be there; `address` is canonical (see `ProvenShop`)."""
        ...

    def merchants(self) -> Sequence[Merchant]:
        """Every tenant; for jobs and the command line."""
        ...
