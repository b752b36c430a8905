"""Mail out."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from plugin.domain.sender import Sender


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to one address; `text` is always there, `html` may be."""

    to: str
    subject: str
    text: str
    language: str
    html: str | None = None
    unsubscribe: str | None = None
    """An https address that ends mail of this kind at one POST (RFC 8058); for mail that nobody is owed."""
    is_for_staff: bool = False
    """Goes by the installation's server where it has one, so that a merchant's broken sender locks nobody out."""


class Route(StrEnum):
    """How a message goes."""

    OWN = "own"
    """Through the merchant's server."""
    INSTALLATION = "installation"
    """Through the installation's."""
    KEPT = "kept"
    """Not at all: it stays in the mailbox on this machine."""


class Mailer(Protocol):
    """Delivers mail; handing over the same key twice delivers once where the transport can tell."""

    def send(
        self, mail: Mail, *, idempotency_key: str, sender: Sender | None = None, within: float | None = None
    ) -> None:
        """Hand the message over as `sender`, who is None until the merchant has said who they are.

        `within`: seconds at most for the whole, where somebody waits. Raises `Unavailable` or `Rejected`, whose codes
        are `locales/*/admin.json` `mail.fault.*` and whose `detail` is the server's own word; it may hold addresses.
        """
        ...

    def route(self, sender: Sender | None) -> Route:
        """How mail of this sender goes."""
        ...
