"""Time, identifiers, secrets, mail and a platform that a test can foresee."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count

from plugin.domain.order import Platform
from plugin.domain.shop_events import ShopEvent
from plugin.ports.errors import Unreadable
from plugin.ports.mailer import Mail
from plugin.ports.platform import Message


class FakeIds:
    """Identifiers in sequence, sorting by the time they were made."""

    def __init__(self) -> None:
        self._next = count(1)

    def new(self) -> str:
        return f"id{next(self._next):08}"


class FakeSecrets:
    """Tokens in sequence; hashed and signed for real."""

    def __init__(self) -> None:
        self._next = count(1)

    def token(self) -> str:
        return f"secret{next(self._next)}"

    def hash(self, token: str) -> bytes:
        return sha256(token.encode()).digest()

    def sign(self, purpose: str, message: str) -> bytes:
        return sha256(f"{purpose}:{message}".encode()).digest()


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

    def send(self, mail: Mail, *, idempotency_key: str) -> None:
        if self.fault is not None:
            raise self.fault
        self.sent.setdefault(idempotency_key, mail)


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
