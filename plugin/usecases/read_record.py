"""Read one raw record: what it means, or why it cannot be read. No I/O, so any process may do it."""

from dataclasses import dataclass

from plugin.domain.shop_events import ShopEvent
from plugin.ports.encoded_order import EncodedOrder
from plugin.ports.errors import Unreadable
from plugin.ports.platform import Message, Translator


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a record is parked: a stable code and the field it is about."""

    code: str
    field: str


Meaning = tuple[ShopEvent, ...] | Fault


@dataclass(frozen=True, slots=True)
class Reading:
    """A raw record with its meaning; the body is kept to park it whole."""

    topic: str
    body: bytes
    meaning: Meaning
    encoded: EncodedOrder | None = None
    """The order it tells whole, where that was encoded along with reading it."""


def read_record(message: Message, translator: Translator) -> Meaning:
    """What the platform's message means, or the fault that keeps it from being read."""
    try:
        return translator.translate(message)
    except Unreadable as error:
        return Fault(error.code, error.field)
