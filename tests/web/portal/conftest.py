"""A shop with an order of two lines, delivered two weeks ago, and the whole application on a real database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from plugin.documents.claim_link_letter import claim_link_letter
from plugin.domain.clocks.engine import Law
from plugin.domain.ids import OrderId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy.identity import Address, ReturnAddress
from plugin.domain.policy.terms import Evidence, EvidenceRule, Fee, Offer, Payer, Track
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.ports.mailer import Mail
from tests.build import DELIVERED, MERCHANT, a_fulfilment, a_line, a_market, a_policy, a_price, an_event, an_order
from tests.support.admin import Installation, install

EMAIL = "ida@example.com"


@dataclass
class Portal:
    """Somebody with a browser who reads English."""

    installation: Installation
    client: FlaskClient
    shop: Shop
    order: OrderId

    @property
    def home(self) -> str:
        return f"/s/{self.shop.key}/claim"

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers={"Accept-Language": "en"})

    def post(self, path: str, **fields: object) -> TestResponse:
        return self.client.post(path, data=fields, headers={"Accept-Language": "en"}, buffered=True)

    def find(self, number: str = "1001", email: str = EMAIL) -> TestResponse:
        return self.post(self.home, number=number, email=email)

    def opened(self, number: str = "1001") -> str:
        """The address of the order's lines."""
        first = self.find(number)
        assert first.status_code == 303, first.text
        return self.get(first.location).location

    def answer(self, path: str, **fields: object) -> str:
        """Answer a step; where it leads."""
        answer = self.post(path, **fields)
        assert answer.status_code == 303, answer.text
        return answer.location


def letters(portal: Portal) -> list[Mail]:
    """Everything that was sent, newest first."""
    return [kept.mail for kept in portal.installation.deps.mailbox.newest()]


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/s/\S+)", text)
    assert found
    return found[1]


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def installation(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Installation]:
    installed = install(sqlite_url, tmp_path, law, UPLOAD_SLOTS="3", EVIDENCE_FILES="4")
    letter = claim_link_letter(law, installed.app.config["BASE_URL"])
    installed.deps = replace(installed.deps, claim_link_letter=letter)
    yield installed
    installed.storage.close()


@pytest.fixture
def portal(installation: Installation) -> Portal:
    return a_portal(installation)


def a_portal(installation: Installation) -> Portal:
    """A shop with its policy and the order."""
    market = a_market("DE", frozenset({"DE"}), return_days=30, return_payer=Payer.SHOPPER)
    rules = tuple(replace(rule, **TERMS[rule.track]) if rule.track in TERMS else rule for rule in market.rules)
    policy = a_policy(markets=(replace(market, rules=rules),), home_country="DE", return_addresses=(WAREHOUSE,))
    with installation.deps.units(MERCHANT) as unit:
        unit.policies.add(policy)
        shop = unit.shops.all()[0]
        unit.commit()
    lines = (a_line("11", quantity=3, total=a_price(9000), tax=a_price(1437)), a_line("12", title="Camping stove"))
    delivered = a_fulfilment(events=(an_event(DELIVERED),))
    order = an_order(lines=lines, total=a_price(14490), fulfilments=(delivered,))
    (kept,) = installation.keep(order, policy_version="v1")
    return Portal(installation, installation.app.test_client(), shop, kept)


WAREHOUSE = ReturnAddress("home", "Nordkap Lager", Address(("Hafenstraße 2", "20457 Hamburg"), "DE"))
TERMS: dict[Track, dict[str, object]] = {
    Track.RETURN: {
        "return_to": "home",
        "fee": Fee(amount=a_price(500).shop),
        "offers": (Offer(Remedy.REFUND), Offer(Remedy.STORE_CREDIT, bonus=1000), Offer(Remedy.EXCHANGE)),
        "evidence": (EvidenceRule("quality", (Evidence.PHOTO, Evidence.SERIAL_NUMBER)),),
    }
}
