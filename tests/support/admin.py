"""The merchant admin over real storage: its app, and people who are signed in to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import TestResponse

from integrations.carriers import carriers
from integrations.files.local import LocalFiles
from integrations.images.redraw import RedrawnImages
from integrations.mail.mailbox import Mailbox
from integrations.passkeys import WebAuthnDevices
from integrations.platforms import TRANSLATORS, live_platforms
from integrations.scanners.nobody import NoScanner
from integrations.system import SystemSecrets
from integrations.system.signer import SystemSigner
from plugin.app import build_app
from plugin.documents.case_paper import print_case
from plugin.documents.declaration_letters import declaration_letters
from plugin.documents.letters import invitation_letter, passkey_letter, sign_in_letter
from plugin.documents.returns.papers import RETURN_PAPERS
from plugin.domain.access import Token
from plugin.domain.clocks.engine import Law
from plugin.domain.effects import Effect
from plugin.domain.ids import MerchantId, OrderId, ParkedId
from plugin.domain.order import Order
from plugin.domain.shop import Merchant, Role, Shop, StaffMember
from plugin.domain.stored import ParkedRecord, StoredOrder
from plugin.jobs import codec, handlers
from plugin.jobs.backlog import backlog
from plugin.ports.deps import Deps
from plugin.ports.errors import Rejected
from plugin.ports.evidence_keeping import EvidenceKeeping
from plugin.ports.platform_actions import PlatformActions
from plugin.settings import Settings
from plugin.storage import KeyRing, Storage, open_storage
from plugin.storage.ids import TimeOrderedIds
from plugin.storage.sealer import AppSealer
from plugin.storage.vitals import SqlVitals
from plugin.usecases.invite_staff import invite_staff
from tests.build import MERCHANT, NOW, PLACED, a_shop, an_order
from tests.fakes.sources import FakeClock

RIVAL = MerchantId("merchant2")
SECRETS = SystemSecrets("c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTE=")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LINK = re.compile(r"https?://\S+(/admin/sign-in/\S+)")


@dataclass
class Jobs:
    """Effects that were enqueued, to be carried out when a test lets them."""

    waiting: list[Effect] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)

    def add(self, effects: Iterable[Effect], *, key: str | None = None) -> None:
        del key
        self.waiting.extend(effects)

    def again(self, name: str, fields: str, *, key: str) -> None:
        if key not in self.tried:
            self.tried.add(key)
            self.add([codec.load(name, fields)], key=key)


@dataclass
class Installation:
    """One installation with two merchants; the second one is somebody else's business."""

    app: Flask
    deps: Deps
    storage: Storage
    clock: FakeClock
    jobs: Jobs

    def run_jobs(self) -> None:
        """Carry out what was enqueued, as the worker does."""
        while self.jobs.waiting:
            handlers.run(self.jobs.waiting.pop(0), self.deps)

    def invite(
        self,
        role: Role = Role.OWNER,
        email: str = "anna@shop.example",
        language: str = "en",
        *,
        at: MerchantId = MERCHANT,
    ) -> tuple[StaffMember, Token]:
        """Let somebody in: who they are and the token of their link."""
        invitation = invite_staff(
            email,
            role,
            language,
            merchant=at,
            units=self.deps.units,
            ids=self.deps.ids,
            secrets=self.deps.secrets,
            now=self.clock.now(),
        )
        return invitation.member, invitation.token

    def browser(self) -> Browser:
        """A browser nobody is signed in with."""
        return Browser(self.app.test_client())

    def signed_in(self, role: Role = Role.OWNER, email: str | None = None, language: str = "en") -> Browser:
        """A browser of somebody with this role."""
        browser = self.browser()
        _, token = self.invite(role, email or f"{role.value}@shop.example", language)
        assert browser.send(f"/admin/sign-in/{token}", form_at=f"/admin/sign-in/{token}").status_code == 303
        return browser

    def keep(self, *orders: Order, at: MerchantId = MERCHANT, **facts: object) -> list[OrderId]:
        """Put orders on record."""
        stored = [
            replace(StoredOrder(OrderId(self.deps.ids.new()), self.shop(at), order, None), **facts)  # type: ignore[arg-type]  # a test names fields of the record
            for order in orders
        ]
        with self.deps.units(at) as unit:
            unit.orders.save(stored)
            unit.commit()
        return [each.id for each in stored]

    def park(self, body: bytes = b"{", code: str = "not_json", *, at: MerchantId = MERCHANT) -> ParkedId:
        """Park a record."""
        record = ParkedRecord(
            ParkedId(self.deps.ids.new()), self.shop(at), a_shop().platform, "", code, "body", body, self.clock.now()
        )
        with self.deps.units(at) as unit:
            unit.parked.add([record])
            unit.commit()
        return record.id

    def shop(self, merchant: MerchantId):  # noqa: ANN201 - a ShopId
        """The merchant's only shop."""
        with self.deps.units.read(merchant) as unit:
            return unit.shops.all()[0].id

    def stored(self, order: OrderId) -> StoredOrder:
        with self.deps.units.read(MERCHANT) as unit:
            return unit.orders.get(order)


@dataclass
class Browser:
    """A test client that fills in forms as a browser would."""

    client: FlaskClient

    def get(self, path: str, **options: object) -> TestResponse:
        return self.client.get(path, **options)  # type: ignore[arg-type]  # passed through

    def send(self, path: str, form_at: str = "/admin/account", **fields: object) -> TestResponse:
        """Post a form with the token of the page it stands on."""
        found = TOKEN.search(self.client.get(form_at).text)
        token = found[1] if found else ""
        return self.client.post(path, data={"csrf_token": token, **fields}, buffered=True)


def install(
    database_url: str, home: Path, law: Law, clock: FakeClock | None = None, *, is_demo: bool = False, **environ: str
) -> Installation:
    """Open an installation on this database, with a shop for each of its two merchants."""
    clock, jobs, keys = clock or FakeClock(NOW), Jobs(), KeyRing.generate()
    storage = open_storage(database_url, home=home, keys=keys, queue_factory=lambda _connection: jobs)
    settings = Settings.from_env({"AFTERCARE_HOME": str(home), **environ})
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
        clock=clock,
        ids=TimeOrderedIds(),
        secrets=SECRETS,
        mailer=(mailbox := Mailbox(home / "mailbox", AppSealer(keys))),
        mailbox=mailbox,
        letter=sign_in_letter(settings.base_url),
        invitation=invitation_letter(settings.base_url),
        translators=TRANSLATORS,
        sources=(live := live_platforms(allows_private=True)).sources,
        exchanges=live.exchanges,
        companion_sites=live.companion_sites,
        webhooks=live.webhooks,
        public_url=settings.public_url,
        law=law,
        devices=WebAuthnDevices(settings.base_url),
        passkey_letter=passkey_letter(settings.base_url),
        evidence=EvidenceKeeping(LocalFiles(home / "files"), NoScanner(), RedrawnImages(), settings.evidence.limits),
        retention=storage.retention,
        actions=_no_platform,
        declaration_letters=declaration_letters(law, settings.base_url, SECRETS),
        signer=SystemSigner(b"k" * 32),
        return_papers=RETURN_PAPERS,
        print_case=print_case,
    )
    deps = _told_of_parcels(deps, storage)
    _add_merchants(deps, is_demo=is_demo)
    return Installation(build_app(settings, deps), deps, storage, clock, jobs)


def _add_merchants(deps: Deps, *, is_demo: bool) -> None:
    for merchant, name in ((MERCHANT, "Nordkap"), (RIVAL, "Rival")):
        shop = replace(a_shop(name), merchant=merchant, created_at=PLACED - timedelta(days=400), is_demo=is_demo)
        with deps.units(merchant) as unit:
            unit.shops.add_merchant(Merchant(merchant, name, PLACED))
            unit.shops.add(shop)
            unit.commit()


def _told_of_parcels(deps: Deps, storage: Storage) -> Deps:
    return replace(deps, carriers=carriers(), push_addresses=storage.push_addresses, push_lease=storage.push_lease)


def _no_platform(shop: Shop) -> PlatformActions:  # noqa: ARG001 - the port's signature
    raise Rejected("not_connected")


class QuietRequests(WSGIRequestHandler):
    """The app has a log of its own."""

    def log_request(self, *args: object) -> None:
        pass


@contextmanager
def listening(app: Flask) -> Iterator[str]:
    """Serve the app on loopback until the block ends; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietRequests)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def many_orders(count: int) -> list[Order]:
    """Orders of the same shop, each placed an hour after the one before."""
    return [
        an_order(str(1000 + number), placed=replace(an_order().placed, at=PLACED + timedelta(hours=number)))
        for number in range(count)
    ]
