"""Who a merchant's mail comes from, and the server that carries it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Encryption(StrEnum):
    """How the connection to a mail server is kept private."""

    STARTTLS = "starttls"
    """Encrypted before anything but the greeting is said; without it nothing is sent (RFC 3207)."""
    TLS = "tls"
    """Encrypted from the first byte (RFC 8314 section 3.3)."""
    NONE = "none"
    """Readable on the way; for a server on this machine, or where an operator says so."""


USUAL_PORTS: Final = {Encryption.STARTTLS: 587, Encryption.TLS: 465, Encryption.NONE: 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes mail for others (RFC 6409); `user` and `password` together or not at all."""

    host: str
    port: int
    encryption: Encryption
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it is a server on this very machine."""
        return self.host in LOOPBACK


@dataclass(frozen=True, slots=True)
class Sender:
    """The name and address mail comes from and where answers go; without a `server` the installation's carries it."""

    name: str
    address: str
    reply_to: str | None = None
    server: MailServer | None = None

    @property
    def domain(self) -> str:
        """What stands after the @ of the address."""
        return self.address.rpartition("@")[2]


def sent_through(installation: Sender, merchant: Sender | None) -> Sender:
    """A merchant's mail through the installation's server: under the merchant's name, from the installation's address.

    That server may send for its own domain only, or the mail is taken for forged (SPF, DMARC); answers go to the
    merchant.
    """
    if merchant is None:
        return installation
    answers = merchant.reply_to or merchant.address
    return Sender(merchant.name or installation.name, installation.address, answers, installation.server)
