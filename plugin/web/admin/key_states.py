"""How asking shops for keys stands, in words: what is awaited, and why nothing came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from plugin.domain.key_request import KeyRequest, KeyState
from plugin.web.admin.pages import words

SHOWN_FOR = timedelta(days=1)
_TONES = {
    KeyState.ASKED: "neutral",
    KeyState.CAME: "neutral",
    KeyState.CONNECTED: "good",
    KeyState.DENIED: "warn",
    KeyState.EXPIRED: "warn",
}


@dataclass(frozen=True, slots=True)
class KeyView:
    """One asking in a list; `advice` is what went wrong and what to do."""

    address: str
    text: str
    tone: str
    advice: str | None
    detail: str | None


def key_views(requests: Sequence[KeyRequest], now: datetime) -> list[KeyView]:
    """The last asking of each shop, as far as it is not connected by it."""
    return [key_view(each, now) for each in _latest(requests) if each.state is not KeyState.CONNECTED]


def _latest(requests: Sequence[KeyRequest]) -> Iterator[KeyRequest]:
    seen: set[str] = set()
    for each in requests:
        if each.address not in seen:
            seen.add(each.address)
            yield each


def key_view(asked: KeyRequest, now: datetime) -> KeyView:
    """How one asking stands."""
    said, state = words(), asked.standing(now)
    text = said.text(f"admin.keys_asked.{state.value}")
    return KeyView(asked.address, text, _TONES.get(state, "bad"), _advice(asked, state), asked.fault_detail)


def _advice(asked: KeyRequest, state: KeyState) -> str | None:
    said = words()
    if asked.fault is None:
        key = f"admin.keys_asked.{state.value}_help"
        return said.text(key) if said.has(key) else None
    sent = f"admin.keys_asked.fault.{asked.fault}"  # keys a shop sent us call for other advice than those pasted
    return said.text(sent if said.has(sent) else f"connection.{asked.fault}")
