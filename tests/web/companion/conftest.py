"""A shop at an address of its own with a delivered order, and a plugin that can sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from plugin.domain.clocks.engine import Law
from plugin.domain.companion import SCHEME, SignedRequest
from plugin.domain.ids import OrderId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.shop import Role, Shop
from plugin.usecases.make_join_code import make_join_code
from tests.build import DELIVERED, MERCHANT, PLACED, a_fulfilment, a_market, a_policy, a_shop, an_event, an_order
from tests.support.admin import Installation, install

ADDRESS = "https://shop.example/store"


@dataclass
class Plugin:
    """The plugin in the shop, connected or not."""

    installation: Installation
    client: FlaskClient
    shop: Shop
    order: OrderId
    secret: str = ""
    owners: Iterator[int] = field(default_factory=count)

    def code(self) -> str:
        at = self.installation
        member, _ = at.invite(Role.OWNER, f"owner{next(self.owners)}@shop.example")
        made = make_join_code(
            member.id,
            merchant=MERCHANT,
            units=at.deps.units,
            ids=at.deps.ids,
            secrets=at.deps.secrets,
            now=at.clock.now(),
        )
        return str(made.token)

    def connect(self, code: str, address: str = ADDRESS) -> TestResponse:
        answer = self.client.post("/companion/v1/connection", json={"code": code, "address": address})
        if answer.status_code == 201:
            self.secret = answer.get_json()["secret"]
        return answer

    def ask(self, target: str, method: str = "GET", secret: str | None = None) -> TestResponse:
        return self.client.open(target, method=method, headers=self.signed(target, method, secret))

    def signed(self, target: str, method: str = "GET", secret: str | None = None) -> dict[str, str]:
        """The headers of a request made now."""
        at = int(self.installation.clock.now().timestamp())
        signature = SignedRequest(method, target, at, b"").signature(secret or self.secret)
        return {"Authorization": f"{SCHEME} {self.shop.key}:{at}:{signature}"}


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def plugin(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Plugin]:
    installation = install(sqlite_url, tmp_path, law)
    shop = a_shop("Outdoor", address=ADDRESS, withdrawal_since=PLACED)
    with installation.deps.units(MERCHANT) as unit:
        unit.shops.add(shop)
        unit.policies.add(a_policy(markets=(a_market("DE", frozenset({"DE"})),), home_country="DE"))
        unit.commit()
    order = an_order("18", fulfilments=(a_fulfilment(events=(an_event(DELIVERED),)),))
    (kept,) = installation.keep(order, policy_version="v1", shop=shop.id)
    yield Plugin(installation, installation.app.test_client(), shop, kept)
    installation.storage.close()


@pytest.fixture
def connected(plugin: Plugin) -> Plugin:
    assert plugin.connect(plugin.code()).status_code == 201
    return plugin
