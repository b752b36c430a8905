"""Shopify's token endpoint (`plugin.ports.shop_tokens.TokenExchange`): every grant asked for here expires.

A grant asked for without `expiring` never does, and is refused from 1 January 2027 on; the `shopify` package asks so.
Server errors are tried three times at most: what was granted to a lost answer is granted again. Neither token nor
secret reaches an error. Source: shopify.dev, "Exchange a session token", "Refresh an offline token" (2026-10).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Final, TypeVar
from urllib.parse import urlencode

import msgspec
from requests import RequestException, Session
from urllib3.exceptions import HTTPError

from integrations.platforms.shopify.admin_api.client import Line, unavailable
from integrations.platforms.shopify.scopes import ASKED
from plugin.domain.connection_faults import (
    AccessRevoked,
    AppRefused,
    ShopClosed,
    ShopFault,
    ShopUnavailable,
    ShopUnreadable,
)
from plugin.domain.decoding import decoder
from plugin.domain.shop_domain import ShopDomain
from plugin.domain.shop_token import Grant
from plugin.ports.shop_tokens import StaleSession, Visitor
from plugin.ports.shopify_identity import AdminCaller, AppKeys

_PAUSES: Final = (0.5, 2.0)
_MOST: Final = 64 * 1024
_LONGEST_WAIT: Final = 24 * 3600.0
_AGENT: Final = "Aftercare (after-sales app)"
_EXCHANGE: Final = "urn:ietf:params:oauth:grant-type:token-exchange"
_ID_TOKEN: Final = "urn:ietf:params:oauth:token-type:id_token"  # noqa: S105 - the name of a kind of token
_OFFLINE: Final = "urn:shopify:params:oauth:token-type:offline-access-token"
_ONLINE: Final = "urn:shopify:params:oauth:token-type:online-access-token"

T = TypeVar("T")
Asked = Mapping[str, str | int]


Seconds = Annotated[int, msgspec.Meta(ge=0, le=10**9)]
"""Of which an instant can be told; thirty years are longer than anything is granted for."""


class _Granted(msgspec.Struct):
    access_token: str
    scope: str
    expires_in: Seconds
    refresh_token: str
    refresh_token_expires_in: Seconds


class _User(msgspec.Struct):
    id: int
    email: str
    account_owner: bool = False
    email_verified: bool = False


class _Online(msgspec.Struct):
    associated_user: _User


class _Refused(msgspec.Struct):
    error: str = ""


@dataclass(frozen=True, slots=True)
class ShopifyTokens:
    """Asks for one app, over one pooled session."""

    keys: AppKeys
    session: Session
    line: Line = field(default_factory=Line)

    def exchange(self, caller: AdminCaller, now: datetime) -> Grant:
        """For somebody in the shop's admin. Raises `ShopFault` and `StaleSession`."""
        asked = {"grant_type": _EXCHANGE, "subject_token": caller.token, "subject_token_type": _ID_TOKEN}
        return self._granted(caller.shop, {**asked, "requested_token_type": _OFFLINE, "expiring": 1}, now)

    def visitor(self, caller: AdminCaller) -> Visitor:
        """Told with an online token, which is not kept: it would act as this person."""
        asked = {"grant_type": _EXCHANGE, "subject_token": caller.token, "subject_token_type": _ID_TOKEN}
        user = _read(self._answered(caller.shop, {**asked, "requested_token_type": _ONLINE}), _Online).associated_user
        if str(user.id) != caller.user:
            raise ShopUnreadable("HTTP 200, another user")
        return Visitor(user.email, is_email_proved=user.email_verified, is_account_owner=user.account_owner)

    def page(self, shop: ShopDomain, nonce: str, back: str) -> str:
        """The shop's page that grants access, with the least scopes we can do with."""
        scope = ",".join(sorted(ASKED))
        asked = {"client_id": self.keys.client_id, "scope": scope, "redirect_uri": back, "state": nonce}
        return f"{shop.url}/admin/oauth/authorize?{urlencode(asked)}"

    def redeem(self, shop: ShopDomain, code: str, now: datetime) -> Grant:
        """For the code of the authorization-code grant."""
        return self._granted(shop, {"code": code, "expiring": 1}, now)

    def refresh(self, shop: ShopDomain, refresh: str, now: datetime) -> Grant:
        """A new pair."""
        return self._granted(shop, {"grant_type": "refresh_token", "refresh_token": refresh}, now)

    def migrate(self, shop: ShopDomain, access: str, now: datetime) -> Grant:
        """A pair for a token of the old kind."""
        asked = {"grant_type": _EXCHANGE, "subject_token": access, "subject_token_type": _OFFLINE}
        return self._granted(shop, {**asked, "requested_token_type": _OFFLINE, "expiring": "1"}, now)

    def _granted(self, shop: ShopDomain, asked: Asked, now: datetime) -> Grant:
        """Times count from before the question was sent: a token is rather renewed early than used late."""
        said = _read(self._answered(shop, asked), _Granted)
        return Grant(
            access=said.access_token,
            scopes=tuple(scope for scope in said.scope.split(",") if scope),
            access_until=now + timedelta(seconds=said.expires_in),
            refresh=said.refresh_token,
            refresh_until=now + timedelta(seconds=said.refresh_token_expires_in),
        )

    def _answered(self, shop: ShopDomain, asked: Asked) -> bytes:
        for pause in _PAUSES:
            status, retry_after, body = self._sent(shop, asked)
            if status < HTTPStatus.INTERNAL_SERVER_ERROR:
                break
            self.line.sleep(pause)
        else:
            status, retry_after, body = self._sent(shop, asked)
        if status != HTTPStatus.OK:
            raise _refusal(status, retry_after, body)
        return body

    def _sent(self, shop: ShopDomain, asked: Asked) -> tuple[int, str, bytes]:
        told = {"client_id": self.keys.client_id, "client_secret": self.keys.secret, **asked}
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": _AGENT}
        url = f"{self.line.origin(shop)}/admin/oauth/access_token"
        try:
            with self.session.post(
                url, data=msgspec.json.encode(told), headers=headers, allow_redirects=False, stream=True
            ) as answer:
                body = answer.raw.read(_MOST, decode_content=True)
                return answer.status_code, answer.headers.get("Retry-After", ""), body
        except (RequestException, HTTPError) as error:
            raise unavailable(error) from None  # the error holds the request, with the secret in its body


def _read(body: bytes, kind: type[T]) -> T:
    try:
        return decoder(kind).decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise ShopUnreadable("HTTP 200, no grant") from None  # the error may quote a token


def _refusal(status: int, retry_after: str, body: bytes) -> ShopFault | StaleSession:
    """What a refusal means: the browser is late, the operator has to act, the merchant has to, or not now."""
    detail = f"HTTP {status}"
    match _error(body):
        case "invalid_subject_token":
            return StaleSession()
        case "invalid_client":
            return AppRefused(detail)
        case "invalid_grant" | "invalid_request":
            return AccessRevoked(detail)
    if status == HTTPStatus.UNAUTHORIZED:
        return AccessRevoked(detail)
    closed = status in {HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.NOT_FOUND, HTTPStatus.LOCKED}
    return ShopClosed(detail) if closed else ShopUnavailable(detail, _seconds(retry_after))


def _error(body: bytes) -> str:
    try:
        return decoder(_Refused).decode(body).error
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return ""


def _seconds(text: str) -> float | None:
    """`Retry-After` in seconds, with a fraction or none; a day at most."""
    digits = text.replace(".", "", 1)
    return min(float(text), _LONGEST_WAIT) if digits.isascii() and digits.isdecimal() else None
