"""A shop's plan by the Partner API: asked as its schema has it, and nobody is locked out for a fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import graphql as gql
import pytest

from integrations.guarded_http import open_session
from integrations.platforms.shopify.partner import ACTIVE_SUBSCRIPTION, API_VERSION
from integrations.platforms.shopify.partner.pricing import AppPricing
from plugin.domain.connection_faults import ShopUnavailable
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.domain.subscription import Feature, PlanState, Subscription
from plugin.ports.partner_app import PartnerApp
from plugin.ports.subscriptions import Unmetered
from tests.build import NOW, a_shop
from tests.fakes.sources import FakeClock
from tests.support.shopify_admin.schema import faults, schema

PARTNER = "partner_2026-07"
APP = PartnerApp("1234567", "prtapi_0123456789abcdef", "987", "aftercare", frozenset(Feature))
SHOP = replace(a_shop(), platform=Platform.SHOPIFY, address="nordkap.myshopify.com")
ACTIVE = {
    "cancelAtEndOfCycle": False,
    "trialEndsAt": "2026-12-01T00:00:00Z",
    "items": [{"handle": "small", "description": "Small shop"}],
}


@dataclass
class Partners:
    """The Partner API on this machine: answers by executing on its own schema."""

    active: dict[str, Any] | None = None
    status: int = 200
    body: bytes | None = None
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    origin: str = ""

    def answer(self, path: str, token: str, sent: dict[str, Any]) -> bytes:
        self.asked.append((path, token, sent["variables"]))
        if self.body is not None:
            return self.body
        root = {"activeSubscription": self.active}
        done = gql.graphql_sync(schema(PARTNER), sent["query"], root, variable_values=sent["variables"])
        return json.dumps(done.formatted).encode()


@contextmanager
def serving(partners: Partners) -> Iterator[Partners]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = partners.answer(self.path, self.headers["X-Shopify-Access-Token"], sent)
            self.send_response(partners.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    partners.origin = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield partners
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def partners() -> Iterator[Partners]:
    with serving(Partners()) as served:
        yield served


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def pricing(partners: Partners, clock: FakeClock) -> Iterator[AppPricing]:
    with open_session(allows_private=True, timeouts=(1.0, 1.0)) as session:
        yield AppPricing(APP, session, lambda _: "gid://shopify/Shop/42", clock, partners.origin)


def test_the_question_is_valid_and_asks_for_nothing_deprecated() -> None:
    assert faults(PARTNER, ACTIVE_SUBSCRIPTION) == ()
    assert gql.validate(schema(PARTNER), gql.parse(ACTIVE_SUBSCRIPTION), [gql.NoDeprecatedCustomRule]) == []


def test_a_plan_is_told_by_its_name_with_its_trial(pricing: AppPricing, partners: Partners) -> None:
    partners.active = ACTIVE
    told = pricing.of(SHOP)
    assert told == Subscription(PlanState.ACTIVE, "Small shop", datetime(2026, 12, 1, tzinfo=UTC))
    ((path, token, asked),) = partners.asked
    assert path == f"/1234567/api/{API_VERSION}/graphql.json"
    assert token == APP.token
    assert asked == {"appId": "gid://shopify/App/987", "shopId": "gid://shopify/Shop/42"}
    assert told.opens(Feature.AD_LINES, APP.paid)


def test_a_plan_that_was_cancelled_says_so(pricing: AppPricing, partners: Partners) -> None:
    partners.active = ACTIVE | {"cancelAtEndOfCycle": True, "trialEndsAt": None, "items": []}
    assert pricing.of(SHOP) == Subscription(PlanState.ACTIVE, None, None, ends=True)


def test_without_a_plan_only_what_takes_one_is_closed(pricing: AppPricing) -> None:
    told = pricing.of(SHOP)
    assert told.state is PlanState.NONE
    assert not told.opens(Feature.AD_LINES, APP.paid)
    assert told.opens(Feature.AD_LINES, ())


@pytest.mark.parametrize(("status", "body"), [
    (500, None), (401, b"{}"), (200, b"not json"), (200, b'{"data": null}'), (200, b"\xff" * 20),
    (200, b'{"errors": [{"message": "permission"}], "data": {"activeSubscription": null}}'), (302, b""),
])  # fmt: skip
def test_nobody_is_locked_out_while_shopify_does_not_say(
    pricing: AppPricing, partners: Partners, clock: FakeClock, status: int, body: bytes | None
) -> None:
    partners.status, partners.body = status, body
    told = pricing.of(SHOP)
    assert told.state is PlanState.UNKNOWN
    assert told.opens(Feature.AD_LINES, APP.paid)
    asked, known = len(partners.asked), pricing.of(SHOP)
    assert (len(partners.asked), known.state) == (asked, PlanState.UNKNOWN)  # silence is not asked again at once
    partners.status, partners.body, partners.active = 200, None, ACTIVE
    clock.advance(timedelta(minutes=2))
    known = pricing.of(SHOP)
    assert known.state is PlanState.ACTIVE
    partners.status, partners.body = status, body
    clock.advance(timedelta(days=30))
    assert pricing.of(SHOP) == known


def test_a_shop_that_cannot_be_asked_for_its_id_is_not_locked_out_either(pricing: AppPricing) -> None:
    def gone(_: Shop) -> str:
        raise ShopUnavailable("HTTP 503", None)

    pricing.shop_id = gone
    assert pricing.of(SHOP).state is PlanState.UNKNOWN


def test_an_answer_holds_for_ten_minutes(pricing: AppPricing, partners: Partners, clock: FakeClock) -> None:
    assert [pricing.of(SHOP).state for _ in range(3)] == [PlanState.NONE] * 3
    assert len(partners.asked) == 1
    partners.active = ACTIVE
    clock.advance(timedelta(minutes=10))
    assert pricing.of(SHOP).state is PlanState.ACTIVE


@pytest.mark.parametrize("shop", [a_shop(), replace(SHOP, is_demo=True)], ids=["another platform", "a demo"])
def test_other_shops_pay_nothing_and_shopify_is_not_asked(pricing: AppPricing, partners: Partners, shop: Shop) -> None:
    assert pricing.of(shop).state is PlanState.UNMETERED
    assert partners.asked == []


def test_a_plan_is_chosen_on_shopifys_own_page(pricing: AppPricing) -> None:
    assert pricing.page(SHOP) == "https://admin.shopify.com/store/nordkap/charges/aftercare/pricing_plans"
    assert pricing.page(a_shop()) is None


def test_whoever_runs_it_themselves_pays_nobody_and_misses_nothing() -> None:
    nobody = Unmetered()
    assert (nobody.paid, nobody.page(SHOP)) == (frozenset(), None)
    assert all(nobody.of(SHOP).opens(feature, frozenset(Feature)) for feature in Feature)


def test_nothing_that_law_gives_can_take_a_plan() -> None:
    assert [feature.value for feature in Feature] == ["ad_lines"]


def test_the_partners_token_shows_nowhere() -> None:
    assert "prtapi" not in repr(APP)
