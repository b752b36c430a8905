"""Units of work in memory: scoped by merchant, version-checked, and nothing stays that was not committed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from plugin.domain.effects import Effect
from plugin.domain.ids import MerchantId
from plugin.domain.order import Platform
from plugin.domain.shop import Merchant, Shop
from plugin.domain.stored import Arrival, InboxMessage
from plugin.ports.alerts import Alerts
from plugin.ports.arrivals import Keep
from plugin.ports.attempts import Attempts
from plugin.ports.attested import AttestedTexts, ShownTexts
from plugin.ports.carrier_accounts import CarrierAccounts, CarrierPushes
from plugin.ports.carrier_claims import CarrierClaims
from plugin.ports.certificates import Artworks, Certificates
from plugin.ports.claim_desk import ClaimDesk
from plugin.ports.claim_drafts import ClaimDrafts, LinkRequests
from plugin.ports.claims import Claims
from plugin.ports.connections import Connections, DuePoll
from plugin.ports.data_requests import DataRequests, PersonalRecords
from plugin.ports.declarations import Declarations
from plugin.ports.disconnections import Disconnections
from plugin.ports.drafts import Drafts
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
from plugin.ports.unit_of_work import (
    Entitlements,
    Orders,
    People,
    Shops,
    UnitOfWork,
)
from tests.fakes.alerts import FakeAlerts
from tests.fakes.carrier_accounts import FakeCarrierAccounts, FakeCarrierPushes
from tests.fakes.carrier_claims import FakeCarrierClaims
from tests.fakes.claim_desk import FakeClaimDesk
from tests.fakes.claims import FakeClaims
from tests.fakes.connections import FakeConnections
from tests.fakes.data_requests import FakeDataRequests, FakePersonalRecords
from tests.fakes.declarations import FakeDeclarations
from tests.fakes.disconnections import FakeDisconnections
from tests.fakes.documents import FakeArtworks, FakeAttestedTexts, FakeCertificates, FakeShownTexts
from tests.fakes.evidence import FakeEvidence
from tests.fakes.failed_effects import FakeFailedEffects
from tests.fakes.hooks import FakeHookRecords
from tests.fakes.kept_returns import FakeKeptReturns
from tests.fakes.key_requests import FakeKeyRequests
from tests.fakes.lanes import FakeLanes
from tests.fakes.left_notices import FakeLeftNotices
from tests.fakes.mails import FakeMails, FakeSenders, FakeUndelivered
from tests.fakes.messages import FakeInbox, FakeParked, FakeQueue
from tests.fakes.orders import FakeEntitlements, FakeOrders, FakePeople
from tests.fakes.parties import FakeShops, FakeStaff
from tests.fakes.passkeys import FakePasskeys
from tests.fakes.policies import FakeDrafts, FakePolicies
from tests.fakes.portal import FakeAttempts, FakeClaimDrafts, FakeLinkRequests
from tests.fakes.postings import FakePostings
from tests.fakes.products import FakeProductPromises, FakeProducts
from tests.fakes.refunds import FakeRefunds
from tests.fakes.returning import FakeHubBatches, FakeLabels, FakeReturnDesk
from tests.fakes.scorecards import FakeScorecards
from tests.fakes.setup_words import FakeSetupWords
from tests.fakes.shipments import FakeShipments
from tests.fakes.shop_tokens import FakeShopTokens
from tests.fakes.tables import Tables, Waiting


class FakeUnit:
    """`UnitOfWork` on a copy of one merchant's rows."""

    def __init__(
        self, merchant: MerchantId, tables: Tables, is_taken: Callable[[Shop], bool], *, is_read_only: bool
    ) -> None:
        self.merchant = merchant
        self.tables = tables
        self.is_read_only = is_read_only
        self.is_committed = False
        self.shops: Shops = FakeShops(tables, merchant, is_taken)
        self.orders: Orders = FakeOrders(tables)
        self.entitlements: Entitlements = FakeEntitlements(tables)
        self.policies: Policies = FakePolicies(tables)
        self.drafts: Drafts = FakeDrafts(tables)
        self.staff: Staff = FakeStaff(tables)
        self.passkeys: Passkeys = FakePasskeys(tables)
        self.inbox: Inbox = FakeInbox(tables)
        self.parked: Parked = FakeParked(tables)
        self.failed_effects: FailedEffects = FakeFailedEffects(tables)
        self.people: People = FakePeople(tables)
        self.mails: Mails = FakeMails(tables)
        self.undelivered: UndeliveredMails = FakeUndelivered(tables)
        self.senders: Senders = FakeSenders(tables)
        self.products: Products = FakeProducts(tables)
        self.promises: ProductPromises = FakeProductPromises(tables)
        self.postings: Postings = FakePostings(tables)
        self.connections: Connections = FakeConnections(tables)
        self.kept_returns: KeptReturns = FakeKeptReturns(tables)
        self.disconnections: Disconnections = FakeDisconnections(tables)
        self.hooks: HookRecords = FakeHookRecords(tables)
        self.shop_tokens: ShopTokens = FakeShopTokens(tables)
        self.left_notices: LeftNotices = FakeLeftNotices(tables)
        self.setup_words: SetupWords = FakeSetupWords(tables)
        self.key_requests: KeyRequests = FakeKeyRequests(tables)
        self.attested: AttestedTexts = FakeAttestedTexts(tables)
        self.shown: ShownTexts = FakeShownTexts(tables)
        self.certificates: Certificates = FakeCertificates(tables.certificates)
        self.artworks: Artworks = FakeArtworks(tables.artworks)
        self.queue: Queue = FakeQueue(tables)
        self._open_parcels(tables)
        self._open_claims(tables)

    def _open_parcels(self, tables: Tables) -> None:
        self.shipments: Shipments = FakeShipments(tables)
        self.lanes: Lanes = FakeLanes(tables)
        self.scorecards: Scorecards = FakeScorecards(tables)
        self.carrier_accounts: CarrierAccounts = FakeCarrierAccounts(tables)
        self.carrier_pushes: CarrierPushes = FakeCarrierPushes(tables)
        self.alerts: Alerts = FakeAlerts(tables)

    def _open_claims(self, tables: Tables) -> None:
        """Everything that claims are told, kept and worked on with."""
        self.evidence: EvidenceRecords = FakeEvidence(tables)
        self.labels: Labels = FakeLabels(tables)
        self.hub_batches: HubBatches = FakeHubBatches(tables)
        self.return_desk: ReturnDesk = FakeReturnDesk(tables)
        self.refunds: Refunds = FakeRefunds(tables)
        self.declarations: Declarations = FakeDeclarations(tables)
        self.attempts: Attempts = FakeAttempts(tables)
        self.link_requests: LinkRequests = FakeLinkRequests(tables)
        self.claim_drafts: ClaimDrafts = FakeClaimDrafts(tables, may_lock=not self.is_read_only)
        self.claim_desk: ClaimDesk = FakeClaimDesk(tables)
        self.claims: Claims = FakeClaims(tables)
        self.carrier_claims: CarrierClaims = FakeCarrierClaims(tables)
        self.data_requests: DataRequests = FakeDataRequests(tables)
        self.personal_records: PersonalRecords = FakePersonalRecords(tables)

    def commit(self) -> None:
        assert not self.is_read_only, "a reading unit cannot commit"
        assert not self.is_committed, "commit comes last, and once"
        self.is_committed = True


@dataclass(slots=True)
class FakeUnits:
    """`Units`, `InboxLease` and `Directory` over the same rows; one writer at a time, as on SQLite."""

    tables: dict[MerchantId, Tables] = field(default_factory=dict)
    writers: int = 1
    commits: int = 0
    is_writing: bool = False

    @contextmanager
    def __call__(self, merchant: MerchantId, *, is_incoming: bool = False) -> Iterator[UnitOfWork]:  # noqa: ARG002 - the port's signature; there is no queue of writers here
        assert not self.is_writing, "a unit inside a unit would wait for itself"
        self.is_writing = True
        unit = FakeUnit(merchant, self.of(merchant).copy(), self.is_taken, is_read_only=False)
        try:
            yield unit
        finally:
            self.is_writing = False
        if unit.is_committed:
            self.tables[merchant] = unit.tables
            self.commits += 1

    @contextmanager
    def read(self, merchant: MerchantId) -> Iterator[UnitOfWork]:
        yield FakeUnit(merchant, self.of(merchant).copy(), self.is_taken, is_read_only=True)

    @contextmanager
    def turn(self) -> Iterator[Keep]:
        yield self._keep

    def _keep(self, arrivals: Sequence[Arrival]) -> None:
        for each in arrivals:
            with self(each.message.merchant, is_incoming=True) as unit:
                unit.inbox.add(each.message, each.delivery_key)
                unit.commit()

    def of(self, merchant: MerchantId) -> Tables:
        """Give the rows a merchant has on record."""
        return self.tables.setdefault(merchant, Tables())

    def effects(self, merchant: MerchantId) -> list[Effect]:
        return self.of(merchant).effects

    def lease(self, now: datetime, until: datetime, limit: int) -> Sequence[InboxMessage]:
        due = sorted(self._due(now), key=lambda entry: (entry[1].message.received_at, entry[1].message.id))
        leased = []
        for rows, waiting in due[:limit]:
            message = replace(waiting.message, attempts=waiting.message.attempts + 1)
            rows.inbox[message.id] = replace(waiting, message=message, leased_until=until)
            leased.append(message)
        return leased

    def is_any_due(self, now: datetime) -> bool:
        return bool(self._due(now))

    def _due(self, now: datetime) -> list[tuple[Tables, Waiting]]:
        return [
            (rows, waiting)
            for rows in self.tables.values()
            for waiting in rows.inbox.values()
            if waiting.due_at <= now and (waiting.leased_until is None or waiting.leased_until <= now)
        ]

    def lease_polls(self, now: datetime, until: datetime, limit: int) -> Sequence[DuePoll]:
        due = [
            (row.connection.due_at, merchant, shop)
            for merchant, rows in self.tables.items()
            for shop, row in rows.connections.items()
            if row.connection.due_at and row.connection.due_at <= now
            if row.leased_until is None or row.leased_until <= now
        ]
        taken = [DuePoll(merchant, shop) for _, merchant, shop in sorted(due)[:limit]]
        for poll in taken:
            rows = self.tables[poll.merchant].connections
            rows[poll.shop] = replace(rows[poll.shop], leased_until=until)
        return taken

    def shop_by_key(self, key: str) -> Shop | None:
        shops = (shop for rows in self.tables.values() for shop in rows.shops.values())
        return next((shop for shop in shops if shop.key == key), None)

    def shop_by_address(self, platform: Platform, address: str) -> Shop | None:
        shops = (shop for rows in self.tables.values() for shop in rows.shops.values())
        return next((shop for shop in shops if (shop.platform, shop.address) == (platform, address)), None)

    def is_taken(self, shop: Shop) -> bool:
        return shop.address is not None and self.shop_by_address(shop.platform, shop.address) is not None

    def merchants(self) -> Sequence[Merchant]:
        return [merchant for rows in self.tables.values() for merchant in rows.merchants]
