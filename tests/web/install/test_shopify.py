"""Installs that begin outside Shopify's admin: for whom Shopify sends, in the browser it sent, and once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from integrations.guarded_http import open_session
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.identity import SignedCallers
from integrations.platforms.shopify.tokens import ShopifyTokens
from integrations.platforms.shopify.webhooks import ShopifyWebhooks
from plugin.domain.clocks.engine import Law
from plugin.domain.connection import Connection
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.domain.shop_token import ShopToken
from plugin.ports.shopify_app import ShopifyApp
from plugin.ports.shopify_identity import AppKeys
from plugin.usecases.shopify.take_in_shop import BY_TOKEN
from plugin.web.deps import provide
from tests.integrations.shopify.signing import CLIENT, SECRET, SHOP, STRANGE, install_query, seconds
from tests.support.admin import Installation, install
from tests.support.shopify_tokens import TokenEndpoint, refused, serving

BEGIN, BACK = "/install/shopify", "/install/shopify/callback"


@dataclass
class AtShopify:
    """An installation that is an app at Shopify, and a browser that Shopify sends there."""

    installation: Installation
    endpoint: TokenEndpoint
    browser: FlaskClient

    def send(self, path: str, secret: str = SECRET, **told: str) -> TestResponse:
        usual = {"shop": SHOP.name, "timestamp": str(seconds(self.installation.clock.now()))}
        return self.browser.get(f"{path}?{install_query(usual | told, secret)}")

    def nonce(self) -> str:
        answer = self.send(BEGIN)
        assert answer.status_code == HTTPStatus.FOUND
        return dict(parse_qsl(urlsplit(answer.location).query))["state"]

    def shop(self) -> Shop | None:
        return self.installation.deps.directory.shop_by_address(Platform.SHOPIFY, SHOP.name)

    def kept(self) -> tuple[Shop, ShopToken | None, Connection | None]:
        shop = self.shop()
        assert shop
        with self.installation.deps.units.read(shop.merchant) as unit:
            return shop, unit.shop_tokens.get(shop.id), unit.connections.get(shop.id)


@pytest.fixture
def sent(sqlite_url: str, tmp_path: Path, law: Law) -> Iterator[AtShopify]:
    running = install(sqlite_url, tmp_path, law, PUBLIC_URL="https://app.example.com")
    keys = AppKeys(CLIENT, SECRET)
    with serving(TokenEndpoint(CLIENT, SECRET)) as endpoint, open_session(allows_private=True) as session:
        tokens = ShopifyTokens(keys, session, Line(origin=endpoint.origin, sleep=lambda _: None))
        app = ShopifyApp(SignedCallers(keys), tokens, ShopifyWebhooks(keys))
        running.deps = replace(running.deps, shopify=app)
        provide(running.app, running.deps)
        yield AtShopify(running, endpoint, running.app.test_client())
    running.storage.close()


def test_the_browser_is_sent_to_the_page_that_grants_access(sent: AtShopify) -> None:
    answer = sent.send(BEGIN)
    parts = urlsplit(answer.location)
    asked = dict(parse_qsl(parts.query))
    assert (parts.scheme, parts.netloc, parts.path) == ("https", SHOP.name, "/admin/oauth/authorize")
    assert (asked["client_id"], asked["redirect_uri"]) == (CLIENT, f"https://app.example.com{BACK}")
    assert "read_orders" in asked["scope"].split(",")
    assert len(asked["state"]) >= 43  # of 32 bytes in base64
    note = answer.headers["Set-Cookie"]
    assert "HttpOnly" in note
    assert "SameSite=Lax" in note
    assert "Secure" in note
    assert SECRET not in note


def test_the_way_back_takes_the_shop_in_and_ends_in_its_admin(sent: AtShopify) -> None:
    answer = sent.send(BACK, code="code-once", state=sent.nonce())
    assert (answer.status_code, answer.location) == (HTTPStatus.FOUND, f"https://{SHOP.name}/admin/apps/{CLIENT}")
    shop, token, connection = sent.kept()
    assert shop.name == "some-shop"
    assert token is not None
    assert token.grant.refresh == "shprt_0"
    assert connection is not None
    assert (connection.credentials, connection.due_at) == (BY_TOKEN, sent.installation.clock.now())


def test_a_shop_that_comes_again_stays_whose_it_is_with_a_new_grant(sent: AtShopify) -> None:
    sent.send(BACK, code="code-once", state=sent.nonce())
    before, first, _ = sent.kept()
    sent.endpoint.codes.add("code-twice")
    sent.installation.clock.advance(timedelta(days=1))
    sent.send(BACK, code="code-twice", state=sent.nonce())
    after, second, _ = sent.kept()
    assert before == after
    assert first != second


@pytest.mark.parametrize("path", [BEGIN, BACK])
def test_whom_shopify_did_not_send_is_a_stranger(sent: AtShopify, path: str) -> None:
    nonce = sent.nonce()
    answers = [
        sent.browser.get(path),
        sent.browser.get(f"{path}?shop={SHOP}"),
        sent.send(path, STRANGE, code="code-once", state=nonce),
        sent.send(path, shop="evil.com", code="code-once", state=nonce),
        sent.send(path, timestamp="1337178173", code="code-once", state=nonce),
    ]
    assert {answer.status_code for answer in answers} == {HTTPStatus.UNAUTHORIZED}
    assert sent.shop() is None
    assert sent.endpoint.asked == []


def test_a_grant_begun_in_another_browser_is_not_taken(sent: AtShopify) -> None:
    nonce = sent.nonce()
    sent.browser = sent.installation.app.test_client()
    assert sent.send(BACK, code="code-once", state=nonce).status_code == HTTPStatus.FORBIDDEN
    assert sent.shop() is None
    assert sent.endpoint.asked == []


def test_a_note_serves_one_shop_one_nonce_and_one_time(sent: AtShopify) -> None:
    nonce = sent.nonce()
    assert sent.send(BACK, code="code-once", state=nonce[:-1] + "~").status_code == HTTPStatus.FORBIDDEN
    nonce = sent.nonce()
    another = sent.send(BACK, shop="another-shop.myshopify.com", code="code-once", state=nonce)
    assert another.status_code == HTTPStatus.FORBIDDEN
    nonce = sent.nonce()
    assert sent.send(BACK, code="code-once", state=nonce).status_code == HTTPStatus.FOUND
    sent.endpoint.codes.add("code-once")
    assert sent.send(BACK, code="code-once", state=nonce).status_code == HTTPStatus.FORBIDDEN


def test_a_note_holds_for_ten_minutes(sent: AtShopify) -> None:
    nonce = sent.nonce()
    sent.installation.clock.advance(timedelta(minutes=10, seconds=1))
    assert sent.send(BACK, code="code-once", state=nonce).status_code == HTTPStatus.FORBIDDEN


def test_where_shopify_grants_nothing_nothing_is_taken_in(sent: AtShopify) -> None:
    sent.endpoint.trouble = [refused("invalid_request")]
    assert sent.send(BACK, code="code-once", state=sent.nonce()).status_code == HTTPStatus.BAD_GATEWAY
    assert sent.shop() is None


def test_an_installation_that_is_no_app_has_no_such_door(sent: AtShopify) -> None:
    provide(sent.installation.app, replace(sent.installation.deps, shopify=None))
    assert {sent.send(path).status_code for path in (BEGIN, BACK)} == {HTTPStatus.NOT_FOUND}
