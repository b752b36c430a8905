"""A shop platform's data, translated: pure functions behind one protocol."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from plugin.domain.order import Platform
from plugin.domain.shop_events import ShopEvent


@dataclass(frozen=True, slots=True)
class Message:
    """Raw bytes from a platform: a webhook body, or one record of an import (`topic` empty)."""

    topic: str
    body: bytes
    headers: Mapping[str, str]


class Translator(Protocol):
    """Turns a platform's messages into shop events; no I/O."""

    platform: Platform

    def translate(self, message: Message) -> tuple[ShopEvent, ...]:
        """What the message means. Raises `Unreadable` (code, field) and nothing else, whatever the bytes are."""
        ...
