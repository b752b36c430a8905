"""An online store as Shopify hosts it: it hands on what is asked under `/apps/aftersales`, signed, without cookies."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl

from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Request, Response

from plugin.domain.shop import Shop
from plugin.web.shop_proxy import PATH
from tests.build import NOW, a_policy
from tests.integrations.shopify.signing import SECRET, SHOP, proxied, proxy_query
from tests.support.admin import Installation
from tests.support.shopify_live import at_shopify

PREFIX = "/apps/aftersales"
GUEST = "198.51.100.7"
_ON = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class ShopifyStore:
    """The store's own side. `asked`: the addresses it handed on."""

    installation: Installation
    shop: Shop
    prefix: str = PREFIX
    customer: str = ""
    asked: list[str] = field(default_factory=list)

    def hand_on(self, method: str, path: str, query: str = "", secret: str = SECRET, **sent: object) -> TestResponse:
        """Ask us, as Shopify does: `path` is what follows the prefix."""
        signed = proxied(self.installation.clock.now(), path_prefix=self.prefix, logged_in_customer_id=self.customer)
        told = proxy_query([*parse_qsl(query, keep_blank_values=True), *signed], secret)
        self.asked.append(path)
        usual = {"headers": {"X-Forwarded-For": GUEST}, "environ_overrides": {"REMOTE_ADDR": "203.0.113.1"}}
        client = Client(self.installation.app, use_cookies=False)
        return client.open(f"{PATH}{path}?{told}", method=method, **(usual | sent))  # type: ignore[arg-type]  # passed through

    def get(self, path: str, query: str = "") -> TestResponse:
        """A page, and those that it leads on to."""
        return self._followed(self.hand_on("GET", path, query))

    def post(self, path: str, **form: str) -> TestResponse:
        """A form, and the page that it leads on to."""
        return self._followed(self.hand_on("POST", path, data=form))

    def hidden(self, page: TestResponse) -> dict[str, str]:
        """The fields of a page's first form that nobody sees."""
        first = page.text.split("</form>", maxsplit=1)[0]
        return {name: unescape(value) for name, value in _HIDDEN.findall(first)}

    def _followed(self, answer: TestResponse) -> TestResponse:
        led = _ON.search(answer.text) if answer.mimetype == "text/html" else None
        if led is None:
            return answer
        where = unescape(led[1])
        assert where.startswith(f"{self.prefix}/"), where
        path, _, query = where.removeprefix(self.prefix).partition("?")
        return self.get(path, query)

    @Request.application
    def host(self, request: Request) -> Response:
        """The store for a browser: under the prefix our pages, everywhere else its own."""
        if not request.path.startswith(self.prefix):
            return Response("<!doctype html><title>Store</title><h1>Store</h1>", mimetype="text/html")
        kept = {name: value for name, value in request.headers.items() if name in {"Content-Type", "Accept-Language"}}
        rest, query = request.path.removeprefix(self.prefix), request.query_string.decode()
        found = self.hand_on(request.method, rest, query, headers=kept, data=request.get_data())
        shown = [(name, value) for name, value in found.headers.items() if name.lower() != "set-cookie"]
        return Response(found.data, found.status_code, shown)


def a_store(installation: Installation) -> ShopifyStore:
    """A store whose shop is taken in, with a policy and its withdrawal function switched on."""
    shop = at_shopify(installation).take_in()
    with installation.deps.units(shop.merchant) as unit:
        unit.shops.switch_withdrawal(shop.id, NOW)
        unit.policies.add(a_policy())
        unit.commit()
    assert shop.address == SHOP.name
    return ShopifyStore(installation, shop)
