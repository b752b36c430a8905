"""HTTP to addresses that strangers typed: into the public internet only, decided at each connection that is made.

The name is resolved once per connection, every answer has to be public, and the connection goes to one of the answers
that were looked at: a name that changes its mind in between (DNS rebinding) gains nothing. Redirects are for the
caller to judge. Proxies and credentials of the environment are not used: `requests` would hand them to the shop.
"""

import socket
import ssl
from collections.abc import Callable, Iterator
from functools import lru_cache, partialmethod
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Final

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import SSLError
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    EmptyPoolError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
)
from urllib3.exceptions import SSLError as BrokenTls
from urllib3.util.connection import create_connection

from plugin.domain.connection_faults import PrivateAddress

Ip = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]

PATIENCE: Final = (5.0, 30.0)
"""Seconds to connect, and to wait for the next bytes of an answer."""
_POOLED: Final = 2
"""Connections of a session to one host; who comes third waits for its turn."""
_TURN: Final = 60.0
"""Seconds it waits, at the most."""
_PIECE: Final = 64 * 1024
_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits


def open_session(
    *, allows_private: bool = False, timeouts: tuple[float, float] = PATIENCE, resolve: Resolve | None = None
) -> Session:
    """A session with pooled connections; `allows_private` opens it to this machine and its networks as well."""
    session = _Unredirected()
    session.trust_env = False
    adapter = _GuardedAdapter(resolve or resolved, timeouts, allows_private=allows_private)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def resolved(host: str, port: int) -> list[str]:
    """The numeric addresses of a name, in the order the system prefers."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether packets for this address leave for the internet, whatever IPv4 address an IPv6 one carries inside."""
    ip = ip_address(address.partition("%")[0])
    return all(each.is_global and not each.is_multicast for each in (ip, *_carried(ip)))


def pieces(response: Response) -> Iterator[bytes]:
    """The body, unpacked, whatever there is of it as soon as it is there, so that who reads can lose patience.

    `iter_content` waits until a piece is full, and each byte that drips in renews the time to wait. Raises what that
    does, and urllib3's own errors.
    """
    try:
        while piece := response.raw.read1(_PIECE, decode_content=True):
            yield piece
    except ReadTimeoutError as error:
        raise NoConnection(error) from error
    except BrokenTls as error:
        raise SSLError(error) from error


def _carried(ip: Ip) -> list[IPv4Address]:
    if isinstance(ip, IPv4Address):
        return []
    teredo = ip.teredo[1] if ip.teredo else None
    nat64 = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
    return [each for each in (ip.ipv4_mapped, ip.sixtofour, teredo, nat64) if each is not None]


class _Unredirected(Session):
    """Sees no redirects: a hostile one breaks `requests` even when it is told not to follow."""

    def get_redirect_target(self, resp: Response) -> None:
        """Where to go on by itself: nowhere."""


class _GuardedAdapter(HTTPAdapter):
    """Makes its connections by `_connect`; never retries by itself."""

    def __init__(self, resolve: Resolve, timeouts: tuple[float, float], *, allows_private: bool) -> None:
        self._resolve = resolve
        self._timeouts = timeouts
        self._allows_private = allows_private
        super().__init__(pool_connections=_POOLED, pool_maxsize=_POOLED, max_retries=0, pool_block=True)

    def send(self, request: PreparedRequest, **options: Any) -> Response:  # type: ignore[override]  # noqa: ANN401 - passed on as they come
        """Send it; no request waits for ever, be it for an answer or for a connection that others use."""
        try:
            return super().send(request, **{**options, "timeout": options.get("timeout") or self._timeouts})
        except EmptyPoolError as error:
            raise NoConnection(error, request=request) from error

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on as they come
        """Let every pool of this session connect by our rule."""
        super().init_poolmanager(*args, **kwargs)
        guard = self

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return guard.connect(self)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return guard.connect(self)

            def connect(self) -> None:
                if self.ssl_context is None:
                    brought, self.ca_certs, self.ca_cert_dir = (self.ca_certs, self.ca_cert_dir), None, None
                    self.ssl_context = _trusting(*brought, ssl.get_default_verify_paths())
                super().connect()

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain
            urlopen = partialmethod(HTTPConnectionPool.urlopen, pool_timeout=_TURN)

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure
            urlopen = partialmethod(HTTPSConnectionPool.urlopen, pool_timeout=_TURN)

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    def connect(self, connection: HTTPConnection) -> socket.socket:
        """A socket to one of the addresses the name has just been resolved to; raises `PrivateAddress`."""
        host, port = connection.host.strip("[]"), connection.port or connection.default_port
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise NameResolutionError(host, connection, socket.gaierror(str(error))) from error
        if not self._allows_private and not all(map(is_public, addresses)):
            raise PrivateAddress
        return _connected(connection, addresses, port)


@lru_cache(maxsize=8)
def _trusting(file: str | None, folder: str | None, _system: ssl.DefaultVerifyPaths) -> ssl.SSLContext:
    """Trusts the system's authorities or those of `SSL_CERT_FILE`, beside the public ones that `requests` brings.

    To read them takes longer than the rest of a request and they fill a megabyte: once for all who trust the same.
    """
    trusted = ssl.create_default_context()
    if file or folder:
        trusted.load_verify_locations(file, folder)
    return trusted


def _connected(connection: HTTPConnection, addresses: list[str], port: int) -> socket.socket:
    """A socket to the first of these that takes it."""
    failure: OSError = OSError("the name has no address")
    for address in addresses:
        try:
            return create_connection(
                (address, port), connection.timeout, connection.source_address, connection.socket_options
            )
        except OSError as error:
            failure = error
    if isinstance(failure, TimeoutError):
        raise ConnectTimeoutError(connection, "connecting took too long") from failure
    raise NewConnectionError(connection, f"cannot connect: {failure}") from failure
