"""Opens an installation: the only place where ports meet adapters; the web application stands on it in `plugin.app`.

Commands and workers open one too, so nothing here may import the web: it takes longer than most commands run.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

import structlog

from integrations.carriers import carriers as parcel_carriers
from integrations.connected_actions import ConnectedActions
from integrations.files import open_files
from integrations.images.redraw import RedrawnImages
from integrations.labels import open_provider
from integrations.mail.mailbox import Mailbox
from integrations.mail.outgoing import Carriers, Outgoing
from integrations.mail.smtp import SmtpMailer
from integrations.platforms import TRANSLATORS, live_platforms
from integrations.platforms.shopify.app import open_app, open_boards, open_pricing, open_source
from integrations.platforms.shopify.live_access import LiveAccess
from integrations.platforms.shopify.sync.source import AccessOf, no_access
from integrations.scanners import open_scanner
from integrations.shop_sessions import ShopSessions
from integrations.system import SystemClock, SystemSecrets
from integrations.system.signer import SystemSigner
from plugin import log
from plugin.demo.platform.actions import DemoPlatform
from plugin.demo.platform.books import Books
from plugin.demo.platform.payments import BookedPayments
from plugin.documents.case_paper import print_case
from plugin.documents.claim_letters import claim_letter
from plugin.documents.claim_link_letter import claim_link_letter
from plugin.documents.declaration_letters import declaration_letters
from plugin.documents.letters import (
    data_request_letter,
    expiry_letter,
    invitation_letter,
    late_letter,
    outage_letter,
    passkey_letter,
    sign_in_letter,
)
from plugin.documents.papers import papers
from plugin.documents.parcel_letters import parcel_letter
from plugin.documents.person_package import pack_person
from plugin.documents.published_promises import published_promises
from plugin.documents.returns.papers import RETURN_PAPERS
from plugin.documents.start_letter import start_letter
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.jobs import engine as jobs
from plugin.jobs.backlog import backlog
from plugin.ports.deps import Deps
from plugin.ports.evidence_keeping import EvidenceKeeping
from plugin.ports.platform import Message
from plugin.ports.platform_actions import ActionsOf, PlatformActions
from plugin.ports.sealer import Sealer
from plugin.ports.secrets import Secrets
from plugin.ports.shopify_app import ShopifyApp
from plugin.ports.subscriptions import Subscriptions, Unmetered
from plugin.ports.unit_of_work import Units
from plugin.settings import LiveSecrets, Settings
from plugin.storage.ids import TimeOrderedIds
from plugin.storage.keys import KeyRing
from plugin.storage.sealer import AppSealer
from plugin.storage.storage import Storage, open_storage
from plugin.storage.vitals import SqlVitals
from plugin.usecases.accept_delivery import accept_delivery
from plugin.usecases.shopify.fresh_token import TokenMeans
from plugin.wording.refusal import refusal_text

_CASE_FILES = "case file signing key v1"
"""What the installation's own secret is asked for to have its key for case files: the same for as long as that is."""
_log = structlog.get_logger("aftercare")


@dataclass(frozen=True, slots=True)
class Runtime:
    """An opened installation: its settings, its storage, and the adapters behind every port."""

    settings: Settings
    storage: Storage
    keys: KeyRing
    deps: Deps

    def migrate(self) -> None:
        """Bring our schema and the job engine's up to date, and erase again whom a restored backup brought back."""
        self.storage.migrate()
        jobs.migrate(self.settings.database_url.reveal())
        self.erase_again()

    def erase_again(self) -> None:
        """Erase again whom a restored database brought back; next to nothing to do where it brought back nobody."""
        if returned := self.storage.replay_erasures():
            _log.warning("erased_again", persons=returned)

    def close(self) -> None:
        """Close every connection."""
        self.storage.close()


def open_runtime(settings: Settings) -> Runtime:
    """Open home, secrets and database; the schema is left as it is. Raises `SettingsError`."""
    log.configure()
    live_secrets = LiveSecrets(settings)
    rings = live_rings(live_secrets)
    storage = _storage(settings, rings)
    mailbox = Mailbox(settings.home / "mailbox", AppSealer(rings))
    signed = SystemSecrets(lambda: live_secrets.now().sessions())
    live = live_platforms(allows_private=settings.allows_private_shops)
    shopify = open_app(settings.shopify) if settings.shopify else None
    access = _shopify_access(shopify, storage)
    deps = Deps(
        units=storage.units,
        views=storage.views,
        directory=storage.directory,
        due_merchants=storage.due_merchants,
        vitals=SqlVitals(storage.means, {"jobs": backlog}),
        arrivals=storage.arrivals,
        inbox_lease=storage.inbox_lease,
        connection_lease=storage.connection_lease,
        shipment_lease=storage.shipment_lease,
        clock=SystemClock(),
        ids=TimeOrderedIds(),
        secrets=signed,
        mailer=_mailer(settings, mailbox),
        mailbox=mailbox,
        letter=sign_in_letter(settings.base_url),
        invitation=invitation_letter(settings.base_url),
        translators=TRANSLATORS,
        sources={**live.sources, **({Platform.SHOPIFY: open_source(access)} if access else {})},
        boards={Platform.SHOPIFY: open_boards(access)} if access else {},
        shopify=shopify,
        subscriptions=_subscriptions(settings, access),
        public_url=settings.public_url,
        law=Law(load_rulebook(), HolidayCalendar()),
        actions=_actions(settings, AppSealer(rings), storage.units, live.sessions, access),
        evidence=_evidence(settings),
        retention=storage.retention,
        demo_payments=BookedPayments(_books(settings, AppSealer(rings)), SystemClock()),
    )
    asked = replace(deps, exchanges=live.exchanges, webhooks=live.webhooks, companion_sites=live.companion_sites)
    return Runtime(settings, storage, rings(), _with_carriers(with_papers(asked, settings.base_url, signed), storage))


def live_rings(secrets: LiveSecrets) -> Callable[[], KeyRing]:
    """What gives the app's keys as they are saved now; parsed once."""
    parsed = lru_cache(maxsize=1)(KeyRing.parse)
    return lambda: parsed(secrets.now().keys.reveal())


def _storage(settings: Settings, rings: Callable[[], KeyRing]) -> Storage:
    url = settings.database_url.reveal()
    return open_storage(
        url,
        home=settings.home,
        keys=rings(),
        queue_factory=jobs.open_queue(url),
        reread_keys=rings,
    )


def _subscriptions(settings: Settings, access: LiveAccess | None) -> Subscriptions:
    """Nobody pays but where whoever runs it sells the app."""
    return open_pricing(settings.partner, access, SystemClock()) if settings.partner and access else Unmetered()


def _shopify_access(app: ShopifyApp | None, storage: Storage) -> LiveAccess | None:
    """Shopify's shops are called with tokens that the app was granted, so by the app alone."""
    return LiveAccess(storage.directory, TokenMeans(storage.units, app.tokens, SystemClock())) if app else None


def with_papers(deps: Deps, base_url: str, signed: Secrets) -> Deps:
    """The same adapters, and everything that people read."""
    return replace(
        deps,
        papers=papers(deps.law, base_url, signed),
        claim_letter=claim_letter(deps.law, base_url),
        parcel_letter=parcel_letter(deps.law, base_url),
        refusal_words=refusal_text,
        claim_link_letter=claim_link_letter(deps.law, base_url),
        start_letter=start_letter(deps.law, base_url),
        declaration_letters=declaration_letters(deps.law, base_url, signed),
        promise_words=published_promises(deps.law, base_url),
        print_case=print_case,
        signer=case_file_signer(signed),
        return_papers=RETURN_PAPERS,
        expiry_letter=expiry_letter(base_url),
        outage_letter=outage_letter(base_url),
        passkey_letter=passkey_letter(base_url),
        pack_person=pack_person,
        data_request_letter=data_request_letter(base_url),
        late_letter=late_letter(base_url),
    )


def case_file_signer(secrets: Secrets) -> SystemSigner:
    """Signs case files by a key of its own, which follows from the secret that signs now, rotated or not."""
    return SystemSigner(lambda: secrets.sign(_CASE_FILES, "ed25519"))


def _with_carriers(deps: Deps, storage: Storage) -> Deps:
    """And who tells of parcels and sells labels for them."""
    return replace(
        deps,
        carriers=parcel_carriers(),
        label_providers=open_provider,
        push_addresses=storage.push_addresses,
        push_lease=storage.push_lease,
    )


def _evidence(settings: Settings) -> EvidenceKeeping:
    said = settings.evidence
    files = open_files(settings.home / "files", said.bucket)
    return EvidenceKeeping(files, open_scanner(said.scanner), RedrawnImages(), said.limits)


def _actions(
    settings: Settings, sealer: Sealer, units: Units, sessions: ShopSessions, access: LiveAccess | None
) -> ActionsOf:
    """The demo's shops have a platform of their own; every other shop is its own platform's."""
    books, clock, ids = _books(settings, sealer), SystemClock(), TimeOrderedIds()
    shopify: AccessOf = (lambda address, _: access.at(address)) if access else no_access
    allows_private = settings.allows_private_shops
    connected = ConnectedActions(units, allows_private=allows_private, sessions=sessions, shopify_access=shopify)

    def actions_of(shop: Shop) -> PlatformActions:
        if not shop.is_demo:
            return connected(shop)

        def deliver(message: Message, key: str) -> bool:
            return accept_delivery(message, key, shop=shop, units=units, ids=ids, now=clock.now())

        return DemoPlatform(shop, books, deliver, clock, settings.base_url)

    return actions_of


def _books(settings: Settings, sealer: Sealer) -> Books:
    """What the demo's platform has done; every process sees the same."""
    return Books(settings.home / "demo-shops", sealer)


def _mailer(settings: Settings, mailbox: Mailbox) -> Outgoing:
    host = urlsplit(settings.base_url).hostname or "localhost"
    ours = SmtpMailer(SystemClock(), host=host, allows_private=True)
    theirs = SmtpMailer(SystemClock(), host=host, allows_private=settings.allows_private_shops)
    return Outgoing(mailbox, Carriers(ours, theirs), settings.mail, is_demo=settings.has_demo)


def cli_runtime() -> Runtime:
    """The installation the environment names, its schema brought up to date; for commands, on an empty home too."""
    runtime = open_runtime(Settings.from_env(os.environ))
    runtime.migrate()
    return runtime
