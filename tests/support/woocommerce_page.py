"""The page by which a WooCommerce shop hands out keys (`wc-auth`), as recorded of 10.5 in `wc_auth.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.woocommerce import PAYLOADS
from tests.support.woocommerce_auth import Keys
from tests.support.woocommerce_shop import WooCommerceShop

PUBLIC = "https://aftercare.example"
NEEDED = ("app_name", "scope", "user_id", "return_url", "callback_url")
RECORDED = {step["label"]: step for step in json.loads((PAYLOADS / "wc_auth.json").read_bytes())["sequence"]}
CALLBACK: dict[str, Any] = RECORDED["5b callback POST from the store"]["callback_request"]
APPROVED, REFUSED = (
    RECORDED["5 approve"]["response"]["status"],
    RECORDED["E5 callback answers 500"]["response"]["status"],
)


@dataclass(slots=True)
class KeyPage:
    """The shop's page, and the way from there to us."""

    shop: WooCommerceShop
    us: FlaskClient

    def asked(self, page: str) -> dict[str, str]:
        """What the page is told; it refuses what the recorded one refuses."""
        parts = urlsplit(page)
        assert page.startswith(f"{self.shop.address}/wc-auth/v1/authorize?")
        told = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}
        assert told.keys() == set(NEEDED)
        assert told["scope"] in {"read", "write", "read_write"}
        assert told["callback_url"].startswith("https://")
        return told

    def approve(self, page: str, keys: Keys | None = None, **changes: object) -> tuple[int, TestResponse]:
        """Say yes: the keys are sent, and the browser goes back where the shop sends it; with the page's status."""
        told, sent = self.asked(page), keys or self.shop.keys
        content = json.loads(CALLBACK["body"]) | {"user_id": told["user_id"], "key_permissions": told["scope"]}
        content |= {"consumer_key": sent.key, "consumer_secret": sent.secret, **changes}
        answer = self.post(told["callback_url"], json.dumps(content).encode())
        if answer.status_code != 200:  # exactly: on anything else the shop deletes the keys again
            sent.is_revoked = True
            return REFUSED, answer
        return APPROVED, self._back(told, success="1")

    def deny(self, page: str) -> TestResponse:
        """Say no: a plain link back, and nothing is sent."""
        return self._back(self.asked(page), success="0")

    def post(self, callback: str, body: bytes) -> TestResponse:
        """Send it as the recorded shop did."""
        headers = [(name, value) for name, value in CALLBACK["headers"] if name not in {"Host", "Content-Length"}]
        return self.us.post(callback.removeprefix(PUBLIC), data=body, headers=headers)

    def _back(self, told: dict[str, str], **more: str) -> TestResponse:
        assert told["return_url"].startswith(PUBLIC)
        query = urlencode({**more, "user_id": told["user_id"]})
        return self.us.get(f"{told['return_url'].removeprefix(PUBLIC)}?{query}")
