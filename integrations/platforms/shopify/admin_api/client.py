"""Asks one shop's Admin API, with patience that ends: points are waited for, questions asked three times at most.

A mutation is sent once: what became of one whose answer was lost is for the caller to find out. Only where Shopify says
that it was not let in (`THROTTLED`), it is sent again.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, Protocol, Self, TypeVar

import msgspec
from requests import RequestException, Response, Session
from requests.exceptions import ChunkedEncodingError, SSLError, Timeout
from requests.exceptions import ConnectionError as NoConnection
from urllib3.exceptions import HTTPError, ProtocolError

from integrations.answer_body import LARGEST, whole_body
from integrations.guarded_http import pieces
from integrations.platforms.shopify.admin_api.answers import (
    Json,
    Momentary,
    Reply,
    Throttled,
    UserError,
    understood,
)
from integrations.platforms.shopify.admin_api.throttle import Bucket, wait
from integrations.platforms.shopify.documents import API_VERSION, Operation
from plugin.domain.connection_faults import ShopFault, ShopUnavailable, ShopUnreadable
from plugin.domain.decoding import decoder
from plugin.domain.shop_domain import ShopDomain
from plugin.ports.errors import Unreadable

_SLOWEST_FILE: Final = 4 * 3600.0
"""Seconds for a file of a bulk operation, with what is done with its lines meanwhile; it may hold a million orders."""
T = TypeVar("T")
_PAUSES: Final = (1.0, 4.0)
"""Seconds before the second and the third try."""
_LONGEST_PAUSE: Final = 20.0
"""A shop that asks for more is left alone until its next poll."""
_AGENT: Final = f"Aftercare (after-sales app; Admin API {API_VERSION})"

Sleep = Callable[[float], None]


class Access(Protocol):
    """A shop and a token that is good there now."""

    @property
    def shop(self) -> ShopDomain:
        """Whose API it is."""

    @property
    def token(self) -> str:
        """What the call is made with."""


class _Refusal(msgspec.Struct, rename="camel"):
    user_errors: list[UserError] = []


class Refused(Exception):
    """Shopify understood a mutation and did nothing; `errors` say why."""

    def __init__(self, errors: list[UserError]) -> None:
        super().__init__(", ".join(error.code or "no code" for error in errors))
        self.errors = errors

    @property
    def codes(self) -> frozenset[str]:
        """Every code there is."""
        return frozenset(error.code for error in self.errors if error.code)

    @property
    def said(self) -> str:
        """Shopify's own words, which may be personal: for who looks closer."""
        return "; ".join(f"{'.'.join(error.field or [])}: {error.message}" for error in self.errors)


@dataclass(slots=True)
class Line:
    """Where calls go and how time passes: what tests replace."""

    origin: Callable[[ShopDomain], str] = lambda shop: shop.url
    sleep: Sleep = time.sleep
    clock: Callable[[], float] = time.monotonic


@dataclass(slots=True)
class AdminClient:
    """One shop, one session. Raises `ShopFault` and, from `change`, `Refused`; nothing else."""

    access: Access
    session: Session
    line: Line = field(default_factory=Line)
    bucket: Bucket = field(default_factory=Bucket)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        """What of an answer could not be read is the shop's fault, wherever in the conversation that shows."""
        self.session.close()
        if isinstance(error, Unreadable):
            raise ShopUnreadable(f"HTTP 200, {error.field} is {error.code}") from error

    def ask(self, operation: Operation, variables: Json | None = None) -> Reply:
        """The answer to one of our documents; some of it may be withheld."""
        for pause in _PAUSES:
            try:
                return self._once(operation, variables or {})
            except Throttled as fault:
                self._wait_for_points(fault, pause)
            except Momentary as fault:
                if not operation.may_repeat or (fault.retry_after or 0.0) > _LONGEST_PAUSE:
                    raise
                self.line.sleep(max(pause, fault.retry_after or 0.0))
        return self._once(operation, variables or {})

    def change(self, operation: Operation, variables: Json, root: str, kind: type[T]) -> T:
        """What a mutation made, from its field `root`; raises `Refused` with Shopify's reasons."""
        reply = self.ask(operation, variables)
        payload = reply.read(dict[str, msgspec.Raw]).get(root, msgspec.Raw(b"null"))
        if bytes(payload) == b"null":
            raise ShopUnreadable("HTTP 200, no payload")
        refusal = _decoded(payload, _Refusal)
        if refusal.user_errors:
            raise Refused(refusal.user_errors)
        return _decoded(payload, kind)

    def _wait_for_points(self, fault: Throttled, pause: float) -> None:
        points = wait(fault.cost.requested_query_cost, fault.cost.throttle_status) if fault.cost else 0.0
        self.line.sleep(max(pause, points))

    def _once(self, operation: Operation, variables: Json) -> Reply:
        pause = self.bucket.pause(operation.name, self.line.clock())
        if pause:
            self.line.sleep(pause)
        reply = understood(*self._sent(operation, variables))
        if reply.cost is not None:
            self.bucket.told(operation.name, reply.cost, self.line.clock())
        return reply

    def _sent(self, operation: Operation, variables: Json) -> tuple[int, dict[str, str], bytes]:
        body = {"query": operation.text, "operationName": operation.name, "variables": variables}
        url = f"{self.line.origin(self.access.shop)}/admin/api/{API_VERSION}/graphql.json"
        try:
            with self.session.post(
                url, data=msgspec.json.encode(body), headers=self._headers(), allow_redirects=False, stream=True
            ) as response:
                headers = {name.lower(): value for name, value in response.headers.items()}
                return response.status_code, headers, whole_body(response)
        except (RequestException, HTTPError) as error:
            raise unavailable(error) from None  # the error holds the request, with the token in its headers

    def _headers(self) -> dict[str, str]:
        return {
            "X-Shopify-Access-Token": self.access.token,
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": _AGENT,
        }


def _decoded(payload: msgspec.Raw, kind: type[T]) -> T:
    try:
        return decoder(kind).decode(payload)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ShopUnreadable("HTTP 200, another shape") from error


def lines(url: str, session: Session) -> Iterator[bytes]:
    """A file of a bulk operation, line by line as it comes; asked for without the token, its address is the key to it.

    Raises `ShopFault`; a line too long to be an order's among them.
    """
    try:
        with session.get(url, headers={"User-Agent": _AGENT}, allow_redirects=False, stream=True) as response:
            if response.status_code != HTTPStatus.OK:
                raise ShopUnavailable(f"HTTP {response.status_code}, no file")
            yield from _lines(response)
    except (RequestException, HTTPError) as error:
        raise unavailable(error) from None  # the error holds the address, which lets anybody read the file


def _lines(response: Response) -> Iterator[bytes]:
    rest, until = b"", time.monotonic() + _SLOWEST_FILE
    for chunk in pieces(response):
        if time.monotonic() > until:
            raise ShopUnavailable("too slow")
        *whole, rest = (rest + chunk).split(b"\n")
        yield from filter(None, whole)
        if len(rest) > LARGEST:
            raise ShopUnreadable("too large")
    if rest:
        yield rest


def unavailable(error: Exception) -> ShopFault:
    """What a failed exchange means; a connection that broke is worth another try."""
    if isinstance(error, Timeout):
        return ShopUnavailable("timeout")
    if isinstance(error, SSLError):
        return ShopUnavailable("TLS")
    if isinstance(error, ChunkedEncodingError | ProtocolError):
        return ShopUnreadable("broke off")
    return Momentary("no connection") if isinstance(error, NoConnection) else ShopUnreadable("no HTTP")
