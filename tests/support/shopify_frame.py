"""The merchant pages as Shopify's admin asks for them: with session tokens, in a frame, without cookies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from integrations.guarded_http import open_session
from integrations.platforms.shopify.admin_api.client import Line
from integrations.platforms.shopify.identity import SignedCallers
from integrations.platforms.shopify.tokens import ShopifyTokens
from integrations.platforms.shopify.webhooks import ShopifyWebhooks
from plugin.domain.clocks.engine import Law
from plugin.domain.order import Platform
from plugin.domain.shop import StaffMember
from plugin.ports.shopify_app import ShopifyApp
from plugin.ports.shopify_identity import AppKeys
from plugin.web.deps import provide
from tests.fakes.sources import FakeClock
from tests.integrations.shopify.signing import CLIENT, SECRET, SHOP, staff_claims, token
from tests.support.admin import Installation, install
from tests.support.shopify_tokens import TokenEndpoint, serving

PUBLIC = "https://app.example.com"


@dataclass
class Frame:
    """The admin as Shopify's frame asks for it: never with a cookie."""

    installation: Installation
    endpoint: TokenEndpoint

    def token(self, secret: str = SECRET, late: timedelta = timedelta(), **claims: object) -> str:
        return token(staff_claims(self.installation.clock.now() - late, **claims), secret)

    def get(self, path: str = "/admin/", **told: str) -> TestResponse:
        return self.installation.app.test_client().get(f"{path}?{urlencode(told)}" if told else path)

    def open(self, path: str = "/admin/", **claims: object) -> TestResponse:
        """A document with a good token, as Shopify loads it first."""
        return self.get(path, embedded="1", shop=SHOP.name, id_token=self.token(**claims))

    def fetch(self, path: str = "/admin/", token: str | None = None, **form: str) -> TestResponse:
        """A request of a page's script, to which App Bridge adds the token."""
        told = {"Authorization": f"Bearer {self.token() if token is None else token}"}
        client = self.installation.app.test_client()
        return client.post(path, headers=told, data=form) if form else client.get(path, headers=told)

    def staff(self) -> list[StaffMember]:
        shop = self.installation.deps.directory.shop_by_address(Platform.SHOPIFY, SHOP.name)
        if shop is None:
            return []
        with self.installation.deps.units.read(shop.merchant) as unit:
            return list(unit.staff.all())


@contextmanager
def framed(database_url: str, home: Path, law: Law) -> Iterator[Frame]:
    """An installation that is an app at Shopify; its clock shows the present, as Shopify's own library has one."""
    clock = FakeClock(datetime.now(UTC).replace(microsecond=0))
    running = install(database_url, home, law, clock, PUBLIC_URL=PUBLIC)
    keys = AppKeys(CLIENT, SECRET)
    with serving(TokenEndpoint(CLIENT, SECRET)) as endpoint, open_session(allows_private=True) as session:
        tokens = ShopifyTokens(keys, session, Line(origin=endpoint.origin, sleep=lambda _: None))
        running.deps = replace(running.deps, shopify=ShopifyApp(SignedCallers(keys), tokens, ShopifyWebhooks(keys)))
        provide(running.app, running.deps)
        yield Frame(running, endpoint)
    running.storage.close()
