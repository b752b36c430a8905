"""How each live connection is doing, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from plugin.domain.connection import Connection
from plugin.domain.ids import ShopId
from plugin.domain.reading_progress import progress
from plugin.web.admin.pages import format_moment, words
from plugin.wording.reading import ReadingInWords, reading_in_words

FOLLOW_SECONDS: Final = 10
"""Between two looks at a reading that is under way; a page of orders takes about one."""


@dataclass(frozen=True, slots=True)
class State:
    """A connection: its state in words and tone, when or how far it was read, and what to do about a fault."""

    text: str
    tone: str
    read_at: str | None
    advice: str | None
    detail: str | None
    reading: ReadingInWords | None
    """The first reading, until it is through."""


def connection_states(connections: Iterable[Connection], now: datetime) -> Mapping[ShopId, State]:
    """The state of each connected shop."""
    return {connection.shop: _state(connection, now) for connection in connections}


def _state(connection: Connection, now: datetime) -> State:
    said = words()
    first = progress(connection, now)
    key, tone = _standing(connection)
    polled = connection.polled_at
    return State(
        text=said.text(key),
        tone=tone,
        read_at=said.text("admin.shops.read_at", at=format_moment(polled, said)) if polled else None,
        advice=said.text(f"connection.{connection.fault}") if connection.fault else None,
        detail=connection.fault_detail,
        reading=reading_in_words(first, said) if first else None,
    )


def _standing(connection: Connection) -> tuple[str, str]:
    """Which words and which tone."""
    if connection.due_at is None:
        return "admin.shops.resting", "bad"
    if connection.fault:
        return "admin.shops.failing", "warn"
    if connection.polled_at is None:
        return "admin.shops.reading", "neutral"
    return "admin.shops.connected", "good"
