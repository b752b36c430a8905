"""What Shopify's answer means: data, data of which some is withheld, or one of the named faults. Pure.

Sources: shopify.dev, "GraphQL Admin API reference, status and error codes" (2026-10): GraphQL errors come with HTTP 200
and are told by `extensions.code`; 402 and 423 close a shop, 401 is a token that was revoked or ran out. "Protected
customer data": a field the app is not approved for is null, with an error beside it that names its path.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final, TypeVar

import msgspec

from integrations.platforms.shopify.admin_api.throttle import Cost
from plugin.domain.connection_faults import (
    AccessRevoked,
    AccessTooNarrow,
    ShopBlocks,
    ShopClosed,
    ShopFault,
    ShopUnavailable,
    ShopUnreadable,
)
from plugin.domain.decoding import decoder

T = TypeVar("T")
_NONE: Final = msgspec.Raw(b"")
_NULL: Final = b"null"
_DENIED: Final = "ACCESS_DENIED"
_THROTTLED: Final = "THROTTLED"
_LONGEST_WAIT: Final = 24 * 3600.0
_REDIRECTS: Final = range(300, 400)
_BUSY: Final = frozenset({429, 430, 502, 503, 504})


class Throttled(ShopUnavailable):
    """Not let in for want of points; nothing was done. `cost` says how many it takes, when Shopify said so."""

    def __init__(self, cost: Cost | None = None) -> None:
        super().__init__(_THROTTLED)
        self.cost = cost


class Momentary(ShopUnavailable):
    """No useful answer this time: a question may be asked once more at once."""


class UserError(msgspec.Struct, frozen=True):
    """Why Shopify refuses a mutation: `field` is the path of the input, `code` None where the mutation has none."""

    message: str
    field: list[str] | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The data, undecoded; `withheld` are the paths of what the app may not see, which is null in it."""

    body: bytes
    data: msgspec.Raw
    withheld: tuple[str, ...] = ()
    cost: Cost | None = None
    told_at: datetime | None = None
    """On Shopify's clock; None when it does not say."""

    def read(self, kind: type[T]) -> T:
        """The data as this type; raises `ShopUnreadable`."""
        try:
            return decoder(kind).decode(self.data)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise ShopUnreadable("HTTP 200, another shape") from error


class _Extensions(msgspec.Struct):
    code: str | None = None


class _Error(msgspec.Struct):
    message: str = ""
    path: list[str | int] | None = None
    extensions: _Extensions = msgspec.field(default_factory=_Extensions)


class _Costs(msgspec.Struct):
    cost: Cost | None = None


class _Body(msgspec.Struct):
    data: msgspec.Raw = _NONE
    errors: list[_Error] = []
    extensions: _Costs = msgspec.field(default_factory=_Costs)


def understood(status: int, headers: Mapping[str, str], body: bytes) -> Reply:
    """The reply of an answer that is one; raises the `ShopFault` that another means. Header names in lower case."""
    if status != HTTPStatus.OK:
        raise _fault(status, _seconds(headers.get("retry-after", "")))
    try:
        said = decoder(_Body).decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ShopUnreadable("HTTP 200, no JSON" if body[:1] != b"{" else "HTTP 200, broken JSON") from error
    if any(error.extensions.code == _THROTTLED for error in said.errors):
        raise Throttled(said.extensions.cost)
    serious = [error for error in said.errors if not _is_withheld(error)]
    if serious or bytes(said.data) in {b"", _NULL}:
        raise _graphql_fault(serious or said.errors)
    withheld = tuple(_path(error) for error in said.errors)
    return Reply(body, said.data, withheld, said.extensions.cost, _date(headers.get("date", "")))


def _is_withheld(error: _Error) -> bool:
    """Whether it only names a field that the app is not approved for."""
    return error.path is not None and error.extensions.code == _DENIED


def _path(error: _Error) -> str:
    return ".".join(map(str, error.path or ()))


def _graphql_fault(errors: list[_Error]) -> ShopFault:
    codes = {error.extensions.code for error in errors}
    if _DENIED in codes:
        return AccessTooNarrow(_DENIED)
    if "SHOP_INACTIVE" in codes:
        return ShopClosed("SHOP_INACTIVE")
    if "INTERNAL_SERVER_ERROR" in codes or "TIMEOUT" in codes:
        return Momentary("HTTP 200, server error")
    named = next((code for code in sorted(filter(None, codes)) if code.isidentifier()), "no data")
    return ShopUnreadable(f"HTTP 200, {named[:60]}")


def _fault(status: int, retry_after: float | None) -> ShopFault:
    detail = f"HTTP {status}"
    if status == HTTPStatus.UNAUTHORIZED:
        return AccessRevoked(detail)
    if status in {HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.LOCKED, HTTPStatus.NOT_FOUND}:
        return ShopClosed(detail, retry_after)
    if status in _BUSY:
        return Momentary(detail, retry_after)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Momentary(detail)
    return ShopUnreadable(detail) if status in _REDIRECTS or status == HTTPStatus.BAD_REQUEST else ShopBlocks(detail)


def _seconds(text: str) -> float | None:
    """`Retry-After` as Shopify writes it: seconds, with a fraction (`2.0`); a day at most."""
    digits = text.replace(".", "", 1)
    return min(float(text), _LONGEST_WAIT) if digits.isascii() and digits.isdecimal() else None


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


Json = dict[str, Any]
"""Variables as they are sent."""
