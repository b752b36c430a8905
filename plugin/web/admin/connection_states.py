"""How each live connection is doing, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plugin.domain.connection import Connection
from plugin.domain.ids import ShopId
from plugin.web.admin.pages import format_moment, words


@dataclass(frozen=True, slots=True)
class State:
    """A connection in a list: its state in words and tone, when it was last read, and what to do about a fault."""

    text: str
    tone: str
    read_at: str | None
    advice: str | None
    detail: str | None


def connection_states(connections: Iterable[Connection]) -> Mapping[ShopId, State]:
    """The state of each connected shop."""
    return {connection.shop: _state(connection) for connection in connections}


def _state(connection: Connection) -> State:
    said = words()
    key, tone = _standing(connection)
    polled = connection.polled_at
    return State(
        text=said.text(key),
        tone=tone,
        read_at=said.text("admin.shops.read_at", at=format_moment(polled, said)) if polled else None,
        advice=said.text(f"connection.{connection.fault}") if connection.fault else None,
        detail=connection.fault_detail,
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
