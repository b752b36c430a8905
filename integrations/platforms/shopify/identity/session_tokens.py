"""Session tokens: JWT (RFC 7519), HS256 under the app's secret, a minute long in the admin and five in extensions.

PyJWT checks algorithm and signature; the rest is ours, so that the time is an argument, and because Shopify's own
Python library (shopifyapp 1.0.2) leaves out whose shop it is: it takes a signed `dest` of https://evil.com.

Source: shopify.dev, "Session tokens" and "Session Token API" of checkout and customer-account extensions (2026-10).
"""

import re
from datetime import datetime
from typing import Final, TypeVar

import jwt
import msgspec
from jwt.types import Options

from plugin.domain.decoding import convert
from plugin.domain.shop_domain import ShopDomain

LEEWAY: Final = 10
"""Seconds by which Shopify's clock may differ from ours."""
_ALGORITHM: Final = "HS256"
_MOST: Final = 8_000
_UNTIMED: Final[Options] = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
_STAFF: Final = re.compile(r"[0-9]{1,20}", re.ASCII)
_CUSTOMER: Final = re.compile(r"gid://shopify/Customer/([0-9]{1,20})", re.ASCII)
_SCHEME: Final = "https://"


class _Claims(msgspec.Struct):
    """What every token says; times are whole seconds since 1970."""

    aud: str
    dest: str
    exp: int
    nbf: int


class AdminClaims(_Claims):
    """A token of Shopify's admin; `sub` is a number."""

    iss: str
    sub: str

    def shop(self) -> ShopDomain | None:
        """The shop that issued it, if it is also the one it is for."""
        issuer = ShopDomain.of_origin("/".join(self.iss.split("/", 3)[:3]))
        return issuer if issuer == ShopDomain.of_origin(self.dest) else None

    def user(self) -> str | None:
        """Shopify's id of the staff member."""
        return self.sub if _STAFF.fullmatch(self.sub) else None


class ExtensionClaims(_Claims):
    """A token of an extension: `dest` may come without scheme; `sub` is there only for a buyer who is signed in."""

    sub: str = ""

    def shop(self) -> ShopDomain | None:
        """The shop it is for."""
        return ShopDomain.parse(self.dest.removeprefix(_SCHEME))

    def is_of_a_buyer(self) -> bool:
        """Whether it names a customer or nobody; staff, whose ids are bare numbers, come by another door."""
        return not self.sub or self.customer() is not None

    def customer(self) -> str | None:
        """Shopify's id of the customer, in figures."""
        found = _CUSTOMER.fullmatch(self.sub)
        return found[1] if found else None


Claims = TypeVar("Claims", bound=_Claims)


def claims(token: str, kind: type[Claims], client_id: str, secrets: tuple[str, ...], now: datetime) -> Claims | None:
    """What a token says, if one of the secrets signed it, for this app, and it holds now."""
    if len(token) > _MOST:
        return None
    said = next((found for secret in secrets if (found := _signed(token, secret)) is not None), None)
    if said is None:
        return None
    try:
        found = convert(said, kind)
    except (msgspec.ValidationError, UnicodeError):  # JSON may hold half a character
        return None
    return found if found.aud == client_id and _holds(found, now) else None


def _signed(token: str, secret: str) -> object | None:
    try:
        return jwt.decode(token, secret, algorithms=[_ALGORITHM], options=_UNTIMED)
    except (jwt.PyJWTError, ValueError, RecursionError):
        return None


def _holds(found: _Claims, now: datetime) -> bool:
    seconds = now.timestamp()
    return found.nbf - LEEWAY <= seconds < found.exp + LEEWAY
