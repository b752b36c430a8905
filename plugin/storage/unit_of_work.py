"""One use case, one unit of work, one transaction; the only place that commits."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from plugin.domain.effects import Effect
from plugin.domain.errors import NotAllowed
from plugin.domain.ids import MerchantId
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
from plugin.ports.unit_of_work import Entitlements, Orders, Shops
from plugin.storage.cipher import DataKeys
from plugin.storage.engine import Engines
from plugin.storage.erasure import Erased, ErasureList, scrub
from plugin.storage.errors import translated_errors
from plugin.storage.persons import Persons
from plugin.storage.replay import Replay, Returning
from plugin.storage.repositories.alerts import SqlAlerts
from plugin.storage.repositories.attempts import SqlAttempts
from plugin.storage.repositories.attested import SqlAttestedTexts, SqlShownTexts
from plugin.storage.repositories.carrier_accounts import SqlCarrierAccounts
from plugin.storage.repositories.carrier_claims import SqlCarrierClaims
from plugin.storage.repositories.carrier_pushes import SqlCarrierPushes
from plugin.storage.repositories.claim_desk import SqlClaimDesk
from plugin.storage.repositories.claim_drafts import SqlClaimDrafts
from plugin.storage.repositories.claims import SqlClaims
from plugin.storage.repositories.connections import SqlConnections
from plugin.storage.repositories.data_requests import SqlDataRequests
from plugin.storage.repositories.declarations import SqlDeclarations
from plugin.storage.repositories.disconnections import SqlDisconnections
from plugin.storage.repositories.drafts import SqlDrafts
from plugin.storage.repositories.entitlements import SqlEntitlements
from plugin.storage.repositories.evidence import SqlEvidence
from plugin.storage.repositories.failed_effects import SqlFailedEffects
from plugin.storage.repositories.hooks import SqlHookRecords
from plugin.storage.repositories.hub_batches import SqlHubBatches
from plugin.storage.repositories.inbox import SqlInbox
from plugin.storage.repositories.kept_returns import SqlKeptReturns
from plugin.storage.repositories.key_requests import SqlKeyRequests
from plugin.storage.repositories.labels import SqlLabels
from plugin.storage.repositories.lanes import SqlLanes
from plugin.storage.repositories.left_notices import SqlLeftNotices
from plugin.storage.repositories.link_requests import SqlLinkRequests
from plugin.storage.repositories.mails import SqlMails
from plugin.storage.repositories.orders import SqlOrders
from plugin.storage.repositories.parked import SqlParked
from plugin.storage.repositories.passkeys import SqlPasskeys
from plugin.storage.repositories.people import SqlPeople
from plugin.storage.repositories.personal_records import SqlPersonalRecords
from plugin.storage.repositories.policies import SqlPolicies
from plugin.storage.repositories.postings import SqlPostings
from plugin.storage.repositories.products import SqlProducts
from plugin.storage.repositories.promises import SqlProductPromises
from plugin.storage.repositories.refunds import SqlRefunds
from plugin.storage.repositories.return_desk import SqlReturnDesk
from plugin.storage.repositories.returned import ReturnedMessages
from plugin.storage.repositories.scorecards import SqlScorecards
from plugin.storage.repositories.senders import SqlSenders
from plugin.storage.repositories.setup_words import SqlSetupWords
from plugin.storage.repositories.shipments import SqlShipments
from plugin.storage.repositories.shop_tokens import SqlShopTokens
from plugin.storage.repositories.shops import SqlShops
from plugin.storage.repositories.staff import SqlStaff
from plugin.storage.repositories.undelivered import SqlUndelivered
from plugin.storage.repositories.uploads import SqlArtworks, SqlCertificates
from plugin.storage.scope import Scope
from plugin.storage.vault import Vault
from plugin.storage.write_lock import WriteLock

QueueFactory = Callable[[Connection], Queue]
"""Binds the job engine's queue to the transaction of a unit of work."""


@dataclass(frozen=True, slots=True)
class Means:
    """What every unit of work shares."""

    engines: Engines
    lock: WriteLock
    data_keys: DataKeys
    queue_factory: QueueFactory
    erasures: ErasureList


class SqlUnitOfWork:
    """`plugin.ports.unit_of_work.UnitOfWork` over one connection; `commit` makes it so, once."""

    def __init__(self, merchant: MerchantId, connection: Connection, means: Means, commit: Callable[[], None]) -> None:
        scope = Scope(connection, merchant)
        vault = Vault(scope, means.data_keys)
        self.merchant = merchant
        self.shops: Shops = SqlShops(scope, vault)
        persons = Persons(scope, vault, means.data_keys)
        self.orders: Orders = SqlOrders(scope, vault, persons)
        self.entitlements: Entitlements = SqlEntitlements(scope)
        self.policies: Policies = SqlPolicies(scope)
        self.drafts: Drafts = SqlDrafts(scope)
        self.staff: Staff = SqlStaff(scope, vault)
        self.passkeys: Passkeys = SqlPasskeys(scope, vault)
        self.inbox: Inbox = SqlInbox(scope, vault)
        self.parked: Parked = SqlParked(scope, vault)
        self.failed_effects: FailedEffects = SqlFailedEffects(scope)
        self.people: People = (people := SqlPeople(scope, vault, means.data_keys))
        self.mails: Mails = SqlMails(scope, vault)
        self.undelivered: UndeliveredMails = SqlUndelivered(scope, vault)
        self.senders: Senders = SqlSenders(scope, vault)
        self.products: Products = SqlProducts(scope)
        self.promises: ProductPromises = SqlProductPromises(scope)
        self.postings: Postings = SqlPostings(scope)
        self.connections: Connections = SqlConnections(scope, vault)
        self.disconnections: Disconnections = SqlDisconnections(scope, vault)
        self.hooks: HookRecords = SqlHookRecords(scope, vault)
        self.shop_tokens: ShopTokens = SqlShopTokens(scope, vault)
        self.left_notices: LeftNotices = SqlLeftNotices(scope, vault)
        self.setup_words: SetupWords = SqlSetupWords(scope)
        self.key_requests: KeyRequests = SqlKeyRequests(scope, vault)
        self.attested: AttestedTexts = SqlAttestedTexts(scope)
        self.shown: ShownTexts = SqlShownTexts(scope)
        self.certificates: Certificates = SqlCertificates(scope, vault)
        self.artworks: Artworks = SqlArtworks(scope, vault)
        self._open_claims(scope, vault, persons)
        self.queue: Queue = _OwnQueue(merchant, means.queue_factory(connection))
        self._people = people
        self._returning = Returning(people, ReturnedMessages(scope, vault, self.data_requests), vault)
        self._vault = vault
        self._commit = commit

    def _open_claims(self, scope: Scope, vault: Vault, persons: Persons) -> None:
        """Everything that claims are told, kept and worked on with."""
        self.evidence: EvidenceRecords = SqlEvidence(scope, persons)
        self.labels: Labels = SqlLabels(scope, persons)
        self.hub_batches: HubBatches = SqlHubBatches(scope)
        self.kept_returns: KeptReturns = SqlKeptReturns(scope)
        self.shipments: Shipments = SqlShipments(scope, persons)
        self.lanes: Lanes = SqlLanes(scope)
        self.scorecards: Scorecards = SqlScorecards(scope)
        self.carrier_accounts: CarrierAccounts = SqlCarrierAccounts(scope, vault)
        self.carrier_pushes: CarrierPushes = SqlCarrierPushes(scope, vault)
        self.alerts: Alerts = SqlAlerts(scope, persons)
        self.return_desk: ReturnDesk = SqlReturnDesk(scope, vault)
        self.refunds: Refunds = SqlRefunds(scope, persons)
        self.declarations: Declarations = SqlDeclarations(scope, vault, persons)
        self.attempts: Attempts = SqlAttempts(scope, vault)
        self.link_requests: LinkRequests = SqlLinkRequests(scope, vault)
        self.claim_drafts: ClaimDrafts = SqlClaimDrafts(scope, persons)
        self.claims: Claims = SqlClaims(scope, persons)
        self.carrier_claims: CarrierClaims = SqlCarrierClaims(scope)
        self.claim_desk: ClaimDesk = SqlClaimDesk(scope, vault)
        self.data_requests: DataRequests = SqlDataRequests(scope, vault, persons)
        self.personal_records: PersonalRecords = SqlPersonalRecords(scope, vault)

    def commit(self) -> None:
        """Make it so; the last call: the unit is of no use afterwards, and the next writer starts."""
        self._commit()

    def returned(self, erased_at: Mapping[bytes, datetime]) -> bool:
        """Whether a restored backup brought back anybody whom an erasure list names, or what waits and names them."""
        return Replay(self, self._returning, erased_at).is_needed

    def erase_listed(self, erased_at: Mapping[bytes, datetime]) -> int:
        """Erase again whom an erasure list names and a restored backup brought back; how many."""
        return Replay(self, self._returning, erased_at).erase()

    def erased(self) -> list[Erased]:
        """Who was erased in this unit, as the erasure list names them."""
        return [Erased(self.merchant, self._vault.erasure_hash(person), at) for person, at in self._people.erased]


class SqlUnits:
    """`plugin.ports.unit_of_work.Units`."""

    def __init__(self, means: Means) -> None:
        self._means = means

    @contextmanager
    def __call__(self, merchant: MerchantId, *, is_incoming: bool = False) -> Iterator[SqlUnitOfWork]:
        """A unit that sees this merchant only. On SQLite it holds the right to write until commit or exit."""
        means = self._means
        with translated_errors(), ExitStack() as stack:
            stack.enter_context(means.lock.held(is_incoming=is_incoming))
            connection = stack.enter_context(means.engines.write.connect())

            def commit() -> None:
                erased = unit.erased()
                if erased:
                    means.erasures.append(erased)
                connection.commit()
                stack.close()
                if erased:
                    scrub(means.engines)

            connection.begin()
            unit = SqlUnitOfWork(merchant, connection, means, commit)
            yield unit

    @contextmanager
    def read(self, merchant: MerchantId) -> Iterator[SqlUnitOfWork]:
        """A unit that can only read and never waits for a writer."""
        with translated_errors(), self._means.engines.read.connect() as connection:
            yield SqlUnitOfWork(merchant, connection, self._means, _refuse_commit)


class _OwnQueue:
    """The queue of one merchant's unit: takes no other merchant's effects."""

    def __init__(self, merchant: MerchantId, queue: Queue) -> None:
        self._merchant = merchant
        self._queue = queue

    def add(self, effects: Iterable[Effect], *, key: str | None = None) -> None:
        """Enqueue in this transaction; raises `NotAllowed` for another merchant's effect."""
        planned = tuple(effects)
        if any(effect.merchant != self._merchant for effect in planned):
            raise NotAllowed({"what": "effect"})
        self._queue.add(planned, key=key)

    def again(self, name: str, fields: str, *, key: str) -> None:
        """The same for one that failed."""
        if json.loads(fields)["merchant"] != self._merchant:
            raise NotAllowed({"what": "effect"})
        self._queue.again(name, fields, key=key)


def _refuse_commit() -> None:
    raise NotAllowed({"what": "commit of a unit that only reads"})
