"""Time, identifiers, secrets, mail and a platform that a test can foresee."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count

from plugin.domain.order import Platform
from plugin.domain.sender import Sender
from plugin.domain.shop_events import ShopEvent
from plugin.ports.errors import Unreadable
from plugin.ports.mailer import Mail, Route
from plugin.ports.platform import Message


class FakeIds:
    """Identifiers in sequence, sorting by the time they were made."""

    def __init__(self, first: int = 1) -> None:
        self._next = count(first)

    def new(self) -> str:
        return f"id{next(self._next):08}"


class FakeSecrets:
    """Tokens in sequence; hashed and signed for real."""

    def __init__(self, first: int = 1) -> None:
        self._next = count(first)

    def token(self) -> str:
        return f"secret{next(self._next)}"

    def hash(self, token: str) -> bytes:
        return sha256(token.encode()).digest()

    def sign(self, purpose: str, message: str) -> bytes:
        return sha256(f"{purpose}:{message}".encode()).digest()

    def accepted(self) -> "tuple[FakeSecrets, ...]":
        return (self,)


@dataclass(slots=True)
class FakeClock:
    """A clock that stands still until it is moved."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def advance(self, by: timedelta) -> None:
        self.at += by


@dataclass(slots=True)
class FakeMailer:
    """Keeps what was handed over, by idempotency key; `fault` is raised instead when there is one."""

    sent: dict[str, Mail] = field(default_factory=dict)
    fault: Exception | None = None
    senders: dict[str, Sender | None] = field(default_factory=dict)
    goes: Route = Route.INSTALLATION

    def send(
        self, mail: Mail, *, idempotency_key: str, sender: Sender | None = None, within: float | None = None
    ) -> None:
        del within
        if self.fault is not None:
            raise self.fault
        self.sent.setdefault(idempotency_key, mail)
        self.senders.setdefault(idempotency_key, sender)

    def route(self, sender: Sender | None) -> Route:
        return Route.OWN if sender and sender.server else self.goes


@dataclass(slots=True)
class FakeTranslator:
    """Knows what each body means because a test said so; anything else is unreadable."""

    platform: Platform = Platform.WOOCOMMERCE
    meanings: dict[bytes, tuple[ShopEvent, ...] | Exception] = field(default_factory=dict)

    def says(self, body: bytes, *events: ShopEvent) -> bytes:
        """Let `body` mean these events."""
        self.meanings[body] = events
        return body

    def translate(self, message: Message) -> tuple[ShopEvent, ...]:
        meaning = self.meanings.get(message.body)
        if isinstance(meaning, Exception):
            raise meaning
        if meaning is None:
            raise Unreadable("not_json", _first_word(message.body))
        return meaning


def _first_word(body: bytes) -> str:
    return json.dumps(body[:20].decode(errors="replace"))
