"""The `woocommerce` package's API over one pooled session.

The package (3.0.0) builds addresses and OAuth 1.0a signatures; what it sends with `requests.request` costs a new
connection and TLS handshake each call, follows redirects with the keys and writes them into the caller's parameters.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec
from requests import Response, Session
from requests.auth import HTTPBasicAuth
from woocommerce import API

from plugin.domain.connection import Credentials

_AGENT: Final = "Aftercare (after-sales app; WooCommerce REST API v3)"

Parameters = Mapping[str, str]


class Way(StrEnum):
    """How keys are presented (WooCommerce 10.5): Basic and query over https, OAuth 1.0a where PHP sees plain http."""

    BASIC = "basic"
    QUERY = "query"
    OAUTH = "oauth"


def ways(address: str, known: str) -> list[Way]:
    """The ways worth trying at this address, the one that is known to work first.

    A shop behind a proxy that ends TLS without telling PHP takes OAuth alone, though its address is https.
    """
    if address.startswith("http://"):
        return [Way.OAUTH]
    return sorted(Way, key=lambda way: way != known)


class ShopApi(API):  # type: ignore[misc]  # the package has no types
    """One shop's API by one way of presenting the keys, over a session that several ways share."""

    def __init__(
        self,
        address: str,
        credentials: Credentials,
        way: Way,
        session: Session,
        patience: tuple[float, float] | None = None,
    ) -> None:
        super().__init__(
            url=address, consumer_key=credentials.key, consumer_secret=credentials.secret, user_agent=_AGENT
        )
        self._way = way
        self._session = session
        self._patience = patience

    def send(self, method: str, endpoint: str, data: object, params: Parameters | None = None) -> Response:
        """Send it by any method, `data` as JSON."""
        return self._API__request(method, endpoint, data, params)

    def _API__request(  # noqa: N802 - the one method of the package that sends, by the name Python mangles it to
        self,
        method: str,
        endpoint: str,
        data: object,
        params: Parameters | None = None,
    ) -> Response:
        """Send it, `data` as JSON where there is any, redirects left to the caller; the body is not read yet."""
        url = str(self._API__get_url(endpoint))
        query = dict(params or {})
        auth: HTTPBasicAuth | None = None
        match self._way:
            case Way.BASIC:
                auth = HTTPBasicAuth(self.consumer_key, self.consumer_secret)
            case Way.QUERY:
                query |= {"consumer_key": self.consumer_key, "consumer_secret": self.consumer_secret}
            case Way.OAUTH:
                url, query = self._signed(url, method, query), {}
        content = None if data is None else msgspec.json.encode(data)
        how = sending(self.user_agent, has_content=data is not None)
        return self._session.request(method, url, params=query, auth=auth, data=content, timeout=self._patience, **how)

    def _signed(self, url: str, method: str, query: Mapping[str, str]) -> str:
        """The address with its signature. Who asks for OAuth over https believes to be on http, and signs so."""
        scheme, rest = url.split("://", 1)
        encoded = "&".join(f"{name}={value}" for name, value in query.items())
        signed = self._API__get_oauth_url(f"http://{rest}?{encoded}" if encoded else f"http://{rest}", method)
        return f"{scheme}://{str(signed).split('://', 1)[1]}"


def sending(agent: str = _AGENT, *, has_content: bool = False) -> dict[str, Any]:
    """How every request is sent: redirects and body left to the caller."""
    content = {"Content-Type": "application/json;charset=utf-8"} if has_content else {}
    return {
        "headers": {"User-Agent": agent, "Accept": "application/json", **content},
        "allow_redirects": False,
        "stream": True,
    }
