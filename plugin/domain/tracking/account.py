"""A merchant's account with whoever tells of parcels: its keys, whether it is asked, and whether it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Breaker:
    """Whether the other side is asked: after failures in a row it rests until `open_until` (UTC), then one may try.

    `fault`: the code of the last failure, as problems are worded; None: it answered last time.
    """

    failures: int = 0
    failing_since: datetime | None = None
    open_until: datetime | None = None
    fault: str | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it is left alone now."""
        return self.open_until is not None and now < self.open_until


@dataclass(frozen=True, slots=True)
class CarrierAccount:
    """One account; `kind` names its adapter (`17track`, `aftership`, `ups` ...), at most one of a kind a merchant.

    `keys`: what the adapter's kind asks for, by its names; secret. `push_token`: the unguessable part of the address
    that the other side pushes to; secret. `rank`: who is asked first where several could, the smallest. `asked_at` and
    `pushed_at`: when it was last asked, and when something last came from it unasked (UTC).
    """

    kind: str
    keys: Mapping[str, str] = field(repr=False)
    push_token: str = field(repr=False)
    since: datetime
    is_on: bool = True
    rank: int = 0
    breaker: Breaker = Breaker()
    asked_at: datetime | None = None
    pushed_at: datetime | None = None
    version: int = 0
