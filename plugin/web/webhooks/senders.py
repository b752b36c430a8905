"""Which shop a delivery says it is from, and by which secret it has to be signed."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from plugin.domain.shop import Shop

_KEPT_SECONDS = 5.0
"""For so long a process goes by what it read: in a sale a shop tells of many orders a second."""
_MOST = 10_000


@dataclass(frozen=True, slots=True, repr=False)
class Sender:
    """A shop, and the secrets of its webhooks, two while they are rotated; none of its own: none. Shows no secret."""

    shop: Shop
    secrets: tuple[str, ...] = ()
    is_connected: bool = True


Read = Callable[[str], Sender | None]


class Senders:
    """Shops that were heard lately, by what they call themselves; nobody is remembered as unknown."""

    def __init__(self, read: Read, ticks: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._ticks = ticks
        self._kept: dict[str, tuple[float, Sender]] = {}

    def get(self, name: str) -> Sender | None:
        """As it was read within the last seconds, else as it is now; None: no such shop."""
        kept = self._kept.get(name)
        return kept[1] if kept and self._ticks() < kept[0] else self.read(name)

    def read(self, name: str) -> Sender | None:
        """As it is now."""
        sender = self._read(name)
        if sender is not None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[name] = (self._ticks() + _KEPT_SECONDS, sender)
        return sender
