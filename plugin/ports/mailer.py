"""Mail out."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to one address; `text` is always there, `html` may be."""

    to: str
    subject: str
    text: str
    language: str
    html: str | None = None


class Mailer(Protocol):
    """Delivers mail; handing over the same key twice delivers once where the transport can tell."""

    def send(self, mail: Mail, *, idempotency_key: str) -> None:
        """Hand the message over. Raises `Unavailable` or `Rejected`."""
        ...
