"""What a shop's answer means: a body to read, or one of the named faults. Pure.

Errors are told by status and `code`, never by message: messages are translated (WooCommerce 10.5). Hosts and security
plugins answer in HTML, with any status.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final, TypeVar

import msgspec

from plugin.domain.connection_faults import (
    KeysRefused,
    NotWooCommerce,
    ShopBlocks,
    ShopFault,
    ShopMoved,
    ShopUnavailable,
    ShopUnreadable,
)
from plugin.domain.decoding import decoder

T = TypeVar("T")
_OURS: Final = "woocommerce_"
AUTHENTICATION: Final = "woocommerce_rest_authentication_error"
"""The code of a wrong secret, of keys of another scope, and of every fault of an OAuth signature."""
_NO_ROUTE: Final = "rest_no_route"
_MOST_DIGITS: Final = 12
_LONGEST_WAIT: Final = 24 * 3600.0
_DONE: Final = (HTTPStatus.OK, HTTPStatus.CREATED)
_REDIRECTS: Final = range(300, 400)
_BUSY: Final = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE)
_WHERE: Final = re.compile(r"https?://[^/?#@\s]{1,200}")
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")


class Momentary(ShopUnavailable):
    """Worth asking once more at once: too busy, or a connection that broke."""


class Unauthorised(KeysRefused):
    """Refused in this way of presenting the keys; another way may do."""


class NoRecord(NotWooCommerce):
    """WooCommerce answers and has no record of this id."""


class NoRoute(NotWooCommerce):
    """WordPress answers and has no such route: WooCommerce is off, or older than the route."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def pages(self) -> int:
        """How many pages the whole collection has; 0 when the shop does not say."""
        return self._number("x-wp-totalpages") or 0

    @property
    def total(self) -> int | None:
        """How many records the whole collection has; None when the shop does not say."""
        return self._number("x-wp-total")

    @property
    def told_at(self) -> datetime | None:
        """When the shop says it answered; None when it does not say."""
        return _http_date(self.headers.get("date", ""))

    def _number(self, name: str) -> int | None:
        stated = self.headers.get(name, "")
        is_number = stated.isascii() and stated.isdecimal() and len(stated) <= _MOST_DIGITS
        return int(stated) if is_number else None


class _Error(msgspec.Struct):
    code: str


def readable(answer: Answer, now: datetime) -> Answer:
    """The answer itself when it is a JSON document; else raises what it means. `now` is for `Retry-After` dates."""
    if answer.status in _DONE:
        if answer.body.lstrip()[:1] not in {b"[", b"{"}:
            said = f"HTTP {answer.status}"
            raise NotWooCommerce(f"{said}, no JSON") if answer.body.strip() else ShopUnreadable(f"{said}, empty")
        return answer
    raise _fault(answer, now)


def decoded(answer: Answer, kind: type[T]) -> T:
    """The document as this type; raises `ShopUnreadable`."""
    try:
        return decoder(kind).decode(answer.body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ShopUnreadable("HTTP 200, broken JSON") from error


def _fault(answer: Answer, now: datetime) -> ShopFault:
    code = error_code(answer)
    detail = f"HTTP {answer.status}{f', {code}' if code else ''}"
    kind = _kind(answer.status, code)
    if kind is ShopMoved:
        return ShopMoved(_origin(answer.headers.get("location", "")) or detail)
    return kind(detail, _retry_after(answer.headers.get("retry-after", ""), now))


def _kind(status: int, code: str | None) -> type[ShopFault]:
    """The fault by status and, where WordPress itself answers, by the code of its error object."""
    kind: type[ShopFault] = ShopBlocks
    if status in _REDIRECTS:
        kind = ShopMoved
    elif status in _BUSY:
        kind = Momentary
    elif status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind = ShopUnavailable
    elif status == HTTPStatus.NOT_FOUND:
        kind = _missing(code)
    elif code and status == HTTPStatus.UNAUTHORIZED:
        kind = Unauthorised
    elif code and status == HTTPStatus.FORBIDDEN and code.startswith(_OURS):
        kind = KeysRefused
    elif code and status == HTTPStatus.BAD_REQUEST:
        kind = ShopUnreadable
    return kind


def _missing(code: str | None) -> type[ShopFault]:
    if code == _NO_ROUTE:
        return NoRoute
    return NoRecord if code and code.startswith(_OURS) else NotWooCommerce


def error_code(answer: Answer) -> str | None:
    """The code of WordPress's error object; None for anything else, a firewall's page for one."""
    try:
        code = decoder(_Error).decode(answer.body).code
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return code if _CODE.fullmatch(code) else None


def _origin(location: str) -> str:
    """Where a redirect leads, without path and query, which may hold what is nobody's business."""
    found = _WHERE.match(location)
    return found[0] if found else ""


def _retry_after(text: str, now: datetime) -> float | None:
    """Seconds to wait (RFC 9110 section 10.2.3: seconds or a date), a day at most."""
    if text.isascii() and text.isdecimal():
        return min(float(text), _LONGEST_WAIT)
    at = _http_date(text)
    return min(max((at - now).total_seconds(), 0.0), _LONGEST_WAIT) if at else None


def _http_date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
