"""The demo store on fakes of the ports, with the real demo data, translators, law and application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from integrations.platforms import TRANSLATORS
from plugin.app import build_app
from plugin.demo.load import Demo, load_demo
from plugin.demo.platform.books import Books
from plugin.demo.platform.payments import BookedPayments
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Platform
from plugin.ports.deps import Deps
from plugin.ports.mailbox import KeptMail
from plugin.settings import Settings
from plugin.storage.keys import KeyRing
from plugin.storage.sealer import AppSealer
from plugin.usecases.drain_inbox import drain_inbox
from plugin.usecases.quote_shop import quote_number
from tests.fakes.deps import fake_deps
from tests.fakes.sources import FakeClock, FakeIds, FakeMailer, FakeSecrets
from tests.fakes.units import FakeUnits

NOW = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)
UNUSED = 100_000
"""The number of ids and secrets that the demo has not come to."""


@dataclass(slots=True)
class FakeMailbox:
    """Kept mail, as a test puts it there; newest first."""

    letters: list[KeptMail] = field(default_factory=list)

    def newest(self) -> list[KeptMail]:
        return self.letters

    def get(self, name: str) -> KeptMail | None:
        return next((letter for letter in self.letters if letter.name == name), None)

    def forget(self, email: str) -> int:
        return self._keep([letter for letter in self.letters if letter.mail.to != email])

    def forget_before(self, at: datetime) -> int:
        return self._keep([letter for letter in self.letters if letter.kept_at >= at])

    def _keep(self, kept: list[KeptMail]) -> int:
        gone = len(self.letters) - len(kept)
        self.letters = kept
        return gone


@pytest.fixture
def mailbox() -> FakeMailbox:
    return FakeMailbox()


@pytest.fixture
def units() -> FakeUnits:
    return FakeUnits()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@dataclass(frozen=True, slots=True)
class Loaded:
    """The demo and the rows that it is; to be copied, never changed."""

    demo: Demo
    units: FakeUnits


@pytest.fixture(scope="session")
def loaded(law: Law) -> Loaded:
    units = FakeUnits()
    ports = {"mailer": FakeMailer(), "mailbox": FakeMailbox(), "translators": TRANSLATORS}
    return Loaded(load_demo(fake_deps(units, law, clock=FakeClock(NOW), **ports)), units)


@pytest.fixture
def deps(units: FakeUnits, clock: FakeClock, mailbox: FakeMailbox, books: Books, law: Law) -> Deps:
    ports = {"mailer": FakeMailer(), "mailbox": mailbox, "translators": TRANSLATORS}
    ports |= {"ids": FakeIds(UNUSED), "secrets": FakeSecrets(UNUSED)}
    return fake_deps(units, law, clock=clock, demo_payments=BookedPayments(books, clock), **ports)


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path / "demo-shops", AppSealer(KeyRing.generate()))


@pytest.fixture
def demo(units: FakeUnits, loaded: Loaded) -> Demo:
    units.tables = {merchant: rows.copy() for merchant, rows in loaded.units.tables.items()}
    return loaded.demo


@pytest.fixture
def app(deps: Deps, tmp_path: Path) -> Flask:
    app = build_app(Settings.from_env({"AFTERCARE_HOME": str(tmp_path), "PORT": "8123"}), deps)
    app.config["WTF_CSRF_ENABLED"] = False  # one test turns it on
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def address(demo: Demo, deps: Deps) -> Callable[..., str]:
    """Give the address of a demo order by its number."""

    def of(number: str, platform: Platform = Platform.WOOCOMMERCE) -> str:
        (found,) = quote_number(number, demo.shops[platform], units=deps.units, law=deps.law, now=deps.clock.now())
        return f"/demo/orders/{found.stored.id}"

    return of


@pytest.fixture
def work(deps: Deps) -> Callable[[], int]:
    """Do what the worker does every two seconds; give the number of messages it met."""

    def drain() -> int:
        return drain_inbox(
            deps.inbox_lease,
            translators=deps.translators,
            units=deps.units,
            ids=deps.ids,
            now=deps.clock.now(),
            limit=50,
        ).total()

    return drain
