"""Everything a process hands to its use cases: built once by `plugin.runtime`, passed on as arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plugin.domain.clocks.engine import Law
from plugin.domain.order import Platform
from plugin.ports.arrivals import Arrivals
from plugin.ports.carrier import Carriers
from plugin.ports.carrier_accounts import PushAddresses, PushLease
from plugin.ports.case_paper import PrintCase
from plugin.ports.claim_letters import ClaimLetter
from plugin.ports.clock import Clock
from plugin.ports.companion_site import CompanionSite
from plugin.ports.connections import ConnectionLease
from plugin.ports.declaration_letters import DeclarationLetters
from plugin.ports.demo_payments import DemoPayments
from plugin.ports.due_merchants import DueMerchants
from plugin.ports.evidence_keeping import EvidenceKeeping
from plugin.ports.ids import Ids
from plugin.ports.key_exchange import KeyExchange
from plugin.ports.label_provider import ProviderOf
from plugin.ports.letters import (
    ClaimLinkLetter,
    DataRequestLetter,
    ExpiryLetter,
    LateLetter,
    Letter,
    OutageLetter,
    PasskeyLetter,
)
from plugin.ports.mailbox import Mailbox
from plugin.ports.mailer import Mailer
from plugin.ports.papers import Papers
from plugin.ports.parcel_letters import ParcelLetter
from plugin.ports.passkeys import Devices
from plugin.ports.person_package import PackPerson
from plugin.ports.platform import Translator
from plugin.ports.platform_actions import ActionsOf
from plugin.ports.published_promises import OpenBoard, WordPromises
from plugin.ports.refusal_words import RefusalWords
from plugin.ports.retention import RetentionRecords
from plugin.ports.return_papers import ReturnPapers
from plugin.ports.secrets import Secrets
from plugin.ports.shipments import ShipmentLease
from plugin.ports.shop_source import ShopSource
from plugin.ports.shopify_app import ShopifyApp
from plugin.ports.signer import Signer
from plugin.ports.start_letter import StartLetter
from plugin.ports.subscriptions import Subscriptions, Unmetered
from plugin.ports.unit_of_work import Directory, InboxLease, Units
from plugin.ports.views import Views
from plugin.ports.vitals import Vitals
from plugin.ports.webhooks import Webhooks


@dataclass(frozen=True, slots=True)
class Deps:
    """The adapters behind every port, and the law they all apply."""

    units: Units
    views: Views
    directory: Directory
    due_merchants: DueMerchants
    vitals: Vitals
    arrivals: Arrivals
    inbox_lease: InboxLease
    connection_lease: ConnectionLease
    shipment_lease: ShipmentLease
    clock: Clock
    ids: Ids
    secrets: Secrets
    mailer: Mailer
    mailbox: Mailbox
    letter: Letter
    invitation: Letter
    translators: Mapping[Platform, Translator]
    sources: Mapping[Platform, ShopSource]
    law: Law
    actions: ActionsOf
    evidence: EvidenceKeeping
    retention: RetentionRecords
    exchanges: Mapping[Platform, KeyExchange] = field(default_factory=dict)
    """Empty: a process that asks no shop for keys."""
    webhooks: Mapping[Platform, Webhooks] = field(default_factory=dict)
    """Empty: a process that takes no webhooks."""
    carriers: Carriers | None = None
    """None: a process that asks nobody about parcels, nor is told of them."""
    push_addresses: PushAddresses | None = None
    """None: a process that nobody pushes to."""
    push_lease: PushLease | None = None
    """None: a process that reads nothing that was pushed."""
    companion_sites: Mapping[Platform, CompanionSite] = field(default_factory=dict)
    """Empty: a process that asks no shop's plugin what it wants."""
    boards: Mapping[Platform, OpenBoard] = field(default_factory=dict)
    """Empty: a process that writes nothing into shops for their pages."""
    promise_words: WordPromises | None = None
    """None: likewise."""
    shopify: ShopifyApp | None = None
    """None: this installation is no app at Shopify."""
    subscriptions: Subscriptions = field(default_factory=Unmetered)
    """What shops pay for; nothing, where nobody sells the app."""
    public_url: str | None = None
    """Where shops reach this installation; None: nowhere."""
    devices: Devices | None = None
    """None: a process that nobody signs in to with a passkey."""
    papers: Papers | None = None
    """None: a process that hands out no documents."""
    claim_letter: ClaimLetter | None = None
    """None: a process that tells shoppers nothing of their claims."""
    parcel_letter: ParcelLetter | None = None
    """None: a process that tells shoppers nothing of their parcels."""
    refusal_words: RefusalWords | None = None
    """None: a process in which only people refuse."""
    claim_link_letter: ClaimLinkLetter | None = None
    """None: a process that sends no links to shoppers."""
    declaration_letters: DeclarationLetters | None = None
    """None: a process that takes no declarations of withdrawal."""
    signer: Signer | None = None
    """None: a process that signs nothing."""
    print_case: PrintCase | None = None
    """None: a process that prints no case files."""
    return_papers: ReturnPapers | None = None
    """None: a process that hands out no papers of returns."""
    label_providers: ProviderOf | None = None
    """None: a process that buys no labels."""
    expiry_letter: ExpiryLetter | None = None
    """None: a process that tells nobody of documents that expire."""
    demo_payments: DemoPayments | None = None
    """None: a process without a demo store's checkout."""
    passkey_letter: PasskeyLetter | None = None
    """None: a process that tells nobody of their passkeys."""
    outage_letter: OutageLetter | None = None
    """None: a process that tells nobody of shops that cannot be read."""
    pack_person: PackPerson | None = None
    """None: a process that puts nobody's data together."""
    data_request_letter: DataRequestLetter | None = None
    """None: a process that tells nobody of requests for somebody's data."""
    late_letter: LateLetter | None = None
    """None: a process that tells no staff of claims that wait."""
    start_letter: StartLetter | None = None
    """None: a process that tells no shopper that a period began later."""
