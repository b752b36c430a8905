"""A session whose requests reach a shop in memory, without a socket between."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from requests import PreparedRequest, Response, Session
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from tests.support.woocommerce_shop import Asked, WooCommerceShop


class _Direct(BaseAdapter):
    def __init__(self, shop: WooCommerceShop) -> None:
        super().__init__()
        self._shop = shop

    def send(self, request: PreparedRequest, **_: Any) -> Response:  # type: ignore[override]  # noqa: ANN401 - as requests calls it
        """Ask the shop."""
        parts = urlsplit(str(request.url))
        endpoint = parts.path.partition("/wp-json/")[2].removeprefix("wc/v3/")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        body = request.body if isinstance(request.body, bytes) else b""
        told = str(request.headers.get("Authorization", "")), parts.netloc, 1, body
        reply = self._shop.reply(Asked(str(request.method), endpoint, query, *told))
        response = Response()
        response.status_code = reply.status
        response.headers.update(dict(reply.headers) | {"Content-Type": reply.content_type})
        response.raw = HTTPResponse(BytesIO(reply.body), preload_content=False)
        return response

    def close(self) -> None:
        """Nothing is held."""


def direct_session(shop: WooCommerceShop) -> Session:
    """A session that reaches this shop alone."""
    session = Session()
    session.trust_env = False
    session.mount("https://", _Direct(shop))
    return session
