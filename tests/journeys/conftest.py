"""An admin with orders in every state, listening on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from plugin.domain.artwork import ArtworkKind
from plugin.domain.certificates import CertificateKind
from plugin.domain.clocks.engine import Law
from plugin.domain.connection import Connection, Credentials
from plugin.domain.declaration import Declaration, Statement
from plugin.domain.effects import RebuildEntitlements
from plugin.domain.first_reading import FirstReading, Place
from plugin.domain.hooks import Hook
from plugin.domain.ids import DeclarationId, OrderId, StaffId
from plugin.domain.key_request import KeyRequest, KeyState
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Standing
from plugin.domain.policy.draft import started
from plugin.domain.policy.edit import Change, edited
from plugin.domain.policy.scope import EVERYTHING
from plugin.domain.sender import Sender
from plugin.ports.deps import Deps
from plugin.ports.mailer import Mail
from plugin.usecases.add_artwork import NewArtwork, add_artwork
from plugin.usecases.add_certificate import NewCertificate, add_certificate
from tests.build import (
    DELIVERED,
    MERCHANT,
    NOW,
    a_fulfilment,
    a_line,
    a_policy,
    a_product,
    a_shopper,
    a_stored_order,
    an_event,
    an_order,
)
from tests.support.admin import Installation, install, listening, many_orders
from tests.support.carrier_accounts import keep_accounts
from tests.support.office import Office
from tests.support.office_claims import keep_claims
from tests.support.office_parcels import keep_parcels
from tests.support.policies import a_lawful_document, with_return_days

LATER = NOW + timedelta(hours=1)
SOON = NOW.date() + timedelta(days=30)
LONG = "Ultraleichtes Dreipersonenzelt mit zwei Apsiden und Gestänge aus Aluminium, moosgrün/anthrazit"


@pytest.fixture(scope="module")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path, law: Law, browser: Browser) -> Iterator[Office]:
    running = install(sqlite_url, tmp_path, law)
    with running.deps.units(MERCHANT) as unit:
        unit.policies.add(a_policy(home_country="DE"))
        document, _ = edited(a_lawful_document(), (*with_return_days(7), Change("reasons", [{"id": "size.too_small"}])))
        unit.drafts.add(started("draft1", document, based_on="v1", at=NOW, by=None))
        titles = ("Foam earplugs", LONG, f"{LONG} II", f"{LONG} III")
        plugs = [a_product(f"50{at}", title=title, categories=("earplugs",)) for at, title in enumerate(titles, 1)]
        unit.products.save(running.shop(MERCHANT), plugs)
        for number, fault in enumerate(("unreachable", "recipient_refused")):
            unit.mails.add(f"mail{number}", Mail("a-very-long-address@mail.example.com", LONG, "Text", "de"), NOW)
            unit.undelivered.failed(f"mail{number}", fault, "550 5.1.1 <a-very-long-address@mail.example.com>", NOW)
        unit.undelivered.park("mail1", NOW)
        unit.senders.save(Sender("Nordkap", "help@nordkap.example"), NOW)
        unit.senders.tested(NOW)
        unit.key_requests.save(KeyRequest("asked1", "https://fjell.example", b"", None, NOW, LATER, KeyState.CAME))
        keep_accounts(unit)
        unit.commit()
    _keep_documents(running.deps)
    _connect(running)
    _declare_withdrawals(running)
    delivered = a_fulfilment(events=(an_event(DELIVERED),))
    lines = (a_line("11", title=LONG), a_line("12"), a_line("13", title="Gutschein", is_gift_card=True))
    shopper = a_shopper("a-very-long-address@mail.example.com")
    (order,) = running.keep(
        an_order("9001", lines=lines, fulfilments=(delivered,), shopper=shopper), policy_version="v1"
    )
    running.keep(*many_orders(60), an_order("8001", standing=Standing.FAILED), an_order("8002", country=None))
    running.keep(an_order("8003", number="INV/2026/000000000000000000042", standing=Standing.UNPAID))
    record = running.park(b'{"note": "<script>' + b"x" * 400 + b'"}', "missing_field")
    keep_claims(running, order, LONG)
    keep_parcels(running, order, LONG)
    running.jobs.add([RebuildEntitlements(MERCHANT)])
    running.run_jobs()
    contexts: list[BrowserContext] = []
    with listening(running.app) as url:
        yield Office(url, running, browser, order, record, contexts)
        for context in contexts:
            context.close()
    running.storage.close()


def _connect(running: Installation) -> None:
    """A shop with whatever may be wrong between it and us."""
    shop, past = running.shop(MERCHANT), NOW - timedelta(days=2)
    first = FirstReading(Place("", 12_000, 48_000), past)
    at = Connection(shop, Credentials("ck", "cs"), past, read_until=NOW, due_at=past, first=first)
    hooks = [Hook(f"action.woocommerce_{LONG[:9].strip()}_{number}", str(number), number != 2) for number in range(4)]
    with running.deps.units(MERCHANT) as unit:
        unit.connections.save(replace(at, fault="shop_blocks", fault_detail="HTTP 403"))
        unit.hooks.open(shop, "secret")
        unit.hooks.checked(shop, hooks, NOW, was_mended=True)
        unit.hooks.unchecked(shop, "shop_keys_cannot_write", "HTTP 401", NOW)
        unit.hooks.heard(shop, past, timedelta(hours=3))
        unit.commit()


def _declare_withdrawals(running: Installation) -> None:
    """One about no order, one that a stranger sent about somebody's order, and one that was set aside."""
    words = Statement("Ida Holm", f"{LONG}, im November", "a-very-long-address@mail.example.com", part=LONG)
    shop = running.shop(MERCHANT)
    with running.deps.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(an_order("9100"), shop=shop)])
        for number, order in enumerate((None, OrderId("order1"), None)):
            name = DeclarationId(f"declared{number}")
            found = Declaration(name, shop, words, NOW, "Europe/Berlin", "de", order=order)
            unit.declarations.add(found, form=f"form{number}", caller="192.0.2.1")
        junk = unit.declarations.get(DeclarationId("declared2"))
        unit.declarations.save(junk.put_aside(NOW, StaffId("staff1"), LONG))
        unit.shops.switch_withdrawal(shop, NOW)
        unit.commit()


def _keep_documents(deps: Deps) -> None:
    """A document of every state, each with a long name, and an artwork."""
    by = {"merchant": MERCHANT, "by": None, "units": deps.units, "ids": deps.ids}
    for name, expires_on in {LONG: None, f"Bald: {LONG}": SOON, f"Alt: {LONG}": NOW.date() - timedelta(days=1)}.items():
        proof = NewCertificate(CertificateKind.SPARE_PARTS, name, EVERYTHING, None, expires_on, b"%PDF-1.7")
        add_certificate(proof, now=NOW, **by)  # type: ignore[arg-type]  # the four ports it takes
    notice = NewArtwork(ArtworkKind.NOTICE, "de", None, b'<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    add_artwork(notice, now=NOW, **by)  # type: ignore[arg-type]  # likewise
