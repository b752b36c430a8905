"""Hostile records, each with what must become of it; told apart within one import by ids of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from plugin.domain.order import Order

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Meant:
    """A record that is an order, and one thing that must be true of it once it is on record."""

    sentence: str
    body: bytes
    order_id: str
    ask: Callable[[Order], object]
    answer: object


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that must be parked whole, with this code and field."""

    sentence: str
    body: bytes
    code: str
    field: str


@dataclass(frozen=True, slots=True)
class Platform:
    """All records of one platform, in the order of their file."""

    name: str
    meant: tuple[Meant, ...]
    refused: tuple[Refused, ...]
    skipped: tuple[bytes, ...]

    def file(self) -> bytes:
        """One file of JSON Lines, good and bad ones alternating."""
        kinds = ([trap.body for trap in self.meant], [trap.body for trap in self.refused], list(self.skipped))
        longest = max(map(len, kinds))
        bodies = [kind[at] for at in range(longest) for kind in kinds if at < len(kind)]
        return b"\n".join(bodies) + b"\n"


def line(record: object) -> bytes:
    """A record as one line of a file."""
    return json.dumps(record).encode()
