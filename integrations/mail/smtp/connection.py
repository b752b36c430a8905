"""A connection to a mail server: to the addresses its name has now, encrypted as told, and never for ever."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from smtplib import SMTP, SMTPException
from ssl import SSLCertVerificationError, SSLContext, SSLError
from threading import Timer
from typing import Final

from integrations.guarded_http import is_public
from plugin.domain.sender import Encryption, MailServer
from plugin.ports.errors import Unavailable

Resolve = Callable[[str, int], list[str]]

_READY: Final = 220
_DONE: Final = 250
_FAREWELL: Final = 5.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait: for a connection, for a reply, for the word that a message is taken, and for the whole.

    A server may think ten minutes over a message (RFC 5321 section 4.5.3.2.6); who leaves sooner has it twice.
    """

    connect: float = 10.0
    reply: float = 60.0
    accept: float = 600.0
    whole: float = 900.0

    def within(self, seconds: float | None) -> "Patience":
        """Waiting no longer than this for anything, nor for all of it together."""
        if seconds is None:
            return self
        return Patience(*(min(each, seconds) for each in (self.connect, self.reply, self.accept, self.whole)))


@dataclass(frozen=True, slots=True)
class Dialling:
    """How connections are made: the trust in certificates, the name we give, and which networks may be reached."""

    tls: SSLContext
    helo: str
    resolve: Resolve
    allows_private: bool = False


class Connection(SMTP):
    """smtplib's protocol over sockets that are opened and encrypted here."""

    def over(self, dialled: socket.socket) -> None:
        """Speak over this socket. What came before it, in clear, is dropped with the last one's buffer."""
        self.sock, self.file = dialled, None
        self.ehlo_resp = self.helo_resp = None
        self.esmtp_features, self.does_esmtp = {}, False

    def hang_up(self) -> None:
        """End the connection from another thread, however slowly the other side goes on talking."""
        with suppress(OSError):
            if self.sock:
                self.sock.shutdown(socket.SHUT_RDWR)

    def take_leave(self) -> None:
        """Say goodbye; what is done is done, whatever the answer."""
        with suppress(SMTPException, OSError):
            if self.sock:
                self.sock.settimeout(_FAREWELL)
            self.quit()


@contextmanager
def connected(server: MailServer, dialling: Dialling, patience: Patience) -> Iterator[Connection]:
    """A server that has greeted us and is private as told. Raises `Unavailable`: no letter is at fault yet."""
    smtp = Connection(local_hostname=dialling.helo)
    timer = Timer(patience.whole, smtp.hang_up)
    timer.daemon = True
    timer.start()
    try:
        smtp.over(_dialled(server, dialling, patience.connect))
        _begin(smtp, server, dialling, patience)
        yield smtp
    finally:
        timer.cancel()
        smtp.close()


def _begin(smtp: Connection, server: MailServer, dialling: Dialling, patience: Patience) -> None:
    if server.encryption is Encryption.TLS:
        _encrypt(smtp, server, dialling.tls)
    if smtp.sock:
        smtp.sock.settimeout(patience.reply)
    _expect(smtp.getreply(), _READY, "server_refused")
    _greet(smtp)
    if server.encryption is Encryption.STARTTLS:
        if not smtp.has_extn("starttls"):
            raise Unavailable("no_encryption")
        _expect(smtp.docmd("STARTTLS"), _READY, "no_encryption")
        _encrypt(smtp, server, dialling.tls)
        _greet(smtp)


def _greet(smtp: Connection) -> None:
    if smtp.ehlo()[0] != _DONE:
        _expect(smtp.helo(), _DONE, "server_refused")


def _dialled(server: MailServer, dialling: Dialling, seconds: float) -> socket.socket:
    """A socket to the first address of the name that takes it; judged by the very numbers that are dialled."""
    try:
        addresses = dialling.resolve(server.host, server.port)
    except (OSError, UnicodeError):
        raise Unavailable("unknown_host") from None
    if not dialling.allows_private and not all(map(is_public, addresses)):
        raise Unavailable("private_address")
    failure = ""
    for address in addresses:
        try:
            return socket.create_connection((address, server.port), seconds)
        except OSError as error:
            failure = error.strerror or str(error)
    raise Unavailable("unreachable", detail=failure)


def _encrypt(smtp: Connection, server: MailServer, tls: SSLContext) -> None:
    if smtp.sock is None:
        raise Unavailable("connection_lost")
    try:
        smtp.over(tls.wrap_socket(smtp.sock, server_hostname=server.host))
    except SSLCertVerificationError as error:
        raise Unavailable("certificate", detail=error.verify_message) from None
    except SSLError as error:
        raise Unavailable("no_encryption", detail=error.reason or "") from None


def _expect(reply: tuple[int, bytes], wanted: int, reason: str) -> None:
    if reply[0] != wanted:
        raise Unavailable(reason, detail=spoken(reply))


def spoken(reply: tuple[int, bytes]) -> str:
    """What a server said, as text for people."""
    code, text = reply
    return f"{code} {text.decode(errors='replace')}".replace("\n", " ").strip()[:500]
