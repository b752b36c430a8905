"""A Shopify shop with a delivered order of a customer's, a rival's shop beside it, and extensions that can ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient
from msgspec.json import schema_components
from werkzeug.test import TestResponse

from integrations.platforms.shopify.identity import SignedCallers
from plugin.domain.clocks.engine import Law
from plugin.domain.ids import OrderId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import Order, OrderRef, Platform
from plugin.domain.policy.identity import Address, ReturnAddress
from plugin.domain.policy.terms import Evidence, EvidenceRule, Fee, Offer, Payer, Track
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.ports.shopify_app import ShopifyApp
from plugin.ports.shopify_identity import AppKeys
from plugin.web.deps import provide
from tests.build import (
    DELIVERED,
    PLACED,
    a_fulfilment,
    a_line,
    a_market,
    a_policy,
    a_price,
    a_shop,
    a_shopper,
    an_event,
    an_order,
)
from tests.integrations.shopify.signing import CLIENT, SECRET, SHOP, buyer_claims, token
from tests.support.admin import RIVAL, Installation, install
from tools.contract import EXTENSIONS

(_, SHAPES) = schema_components(EXTENSIONS.roots, ref_template="#/components/{name}")
HERE = "/extensions/v1"
ORDER = "6501"
OTHER = "other-shop.myshopify.com"


@dataclass
class Extensions:
    """Extensions of the app in the shop, and the shopper 7 who is signed in there."""

    installation: Installation
    client: FlaskClient
    shop: Shop
    order: OrderId

    def token(self, customer: str | None = "7", shop: str = SHOP.name, **changed: object) -> str:
        sub = f"gid://shopify/Customer/{customer}" if customer else None
        return token(buyer_claims(self.installation.clock.now(), sub=sub, dest=shop, **changed))

    def get(self, path: str, signed: str | None = None, **query: str) -> TestResponse:
        return self.client.get(f"{HERE}{path}", query_string=query, headers=self._bearer(signed))

    def post(self, path: str, wish: object = None, signed: str | None = None, **query: str) -> TestResponse:
        return self.client.post(f"{HERE}{path}", json=wish, query_string=query, headers=self._bearer(signed))

    def told(self, path: str, **query: str) -> Any:  # noqa: ANN401 - JSON
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def _bearer(self, signed: str | None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token() if signed is None else signed}"}


def fits(name: str, told: object) -> None:
    """Hold an answer against the contract."""
    jsonschema.validate(told, {"$ref": f"#/components/{name}", "components": SHAPES})


def shopify_order(number: str = ORDER, **facts: object) -> Order:
    """A delivered order of two lines, placed by customer 7."""
    lines = (a_line("11", quantity=3, total=a_price(9000), tax=a_price(1437)), a_line("12", title="Camping stove"))
    delivered = a_fulfilment(events=(an_event(DELIVERED),))
    usual: dict[str, object] = {
        "ref": OrderRef(Platform.SHOPIFY, number),
        "number": f"#{number}",
        "platform_status": "paid",
        "lines": lines,
        "total": a_price(14490),
        "fulfilments": (delivered,),
    }
    return an_order(number, **(usual | facts))


@pytest.fixture(scope="session")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def installation(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[Installation]:
    installed = at_shopify(sqlite_url, tmp_path, law)
    yield installed
    installed.storage.close()


def at_shopify(url: str, home: Path, law: Law) -> Installation:
    """An installation that is an app at Shopify, which takes declarations."""
    installed = install(url, home, law)
    callers = SignedCallers(AppKeys(CLIENT, SECRET))
    app = ShopifyApp(callers, tokens=None, webhooks=None)  # type: ignore[arg-type]  # extensions never get so far
    installed.deps = replace(installed.deps, shopify=app)
    provide(installed.app, installed.deps)
    return installed


@pytest.fixture
def extensions(installation: Installation) -> Extensions:
    return opened(installation)


@pytest.fixture
def stored(database_url: str, tmp_path: Path, law: Law) -> Iterator[Extensions]:
    """On either database."""
    installed = at_shopify(database_url, tmp_path, law)
    yield opened(installed)
    installed.storage.close()


def opened(installation: Installation) -> Extensions:
    """Two merchants' shops at Shopify; the first has the customer's order."""
    shop = a_shop("Outdoor", platform=Platform.SHOPIFY, address=SHOP.name, withdrawal_since=PLACED)
    rival = replace(a_shop("Other", platform=Platform.SHOPIFY, address=OTHER), merchant=RIVAL)
    for each in (shop, rival):
        with installation.deps.units(each.merchant) as unit:
            unit.shops.add(each)
            unit.policies.add(POLICY)
            unit.commit()
    (kept,) = installation.keep(shopify_order(), policy_version="v1", shop=shop.id)
    installation.keep(shopify_order("6502", shopper=a_shopper("eva@example.com", external_id="8")), shop=shop.id)
    installation.keep(shopify_order("6503"), at=RIVAL, shop=rival.id)
    return Extensions(installation, installation.app.test_client(), shop, kept)


def _policy() -> Any:  # noqa: ANN401 - a policy
    market = a_market("DE", frozenset({"DE"}), return_days=30, return_payer=Payer.SHOPPER)
    rules = tuple(replace(rule, **TERMS[rule.track]) if rule.track in TERMS else rule for rule in market.rules)
    return a_policy(markets=(replace(market, rules=rules),), home_country="DE", return_addresses=(WAREHOUSE,))


WAREHOUSE = ReturnAddress("home", "Nordkap Lager", Address(("Hafenstraße 2", "20457 Hamburg"), "DE"))
TERMS: dict[Track, dict[str, Any]] = {
    Track.RETURN: {
        "return_to": "home",
        "fee": Fee(amount=a_price(500).shop),
        "offers": (Offer(Remedy.REFUND), Offer(Remedy.STORE_CREDIT, bonus=1000), Offer(Remedy.EXCHANGE)),
        "evidence": (EvidenceRule("quality", (Evidence.PHOTO, Evidence.SERIAL_NUMBER)),),
    }
}
POLICY = _policy()
