"""What a carrier's or service's status means, by one published table each (`data/statuses`), which names its origin.

A word nobody has mapped is `UNKNOWN`: kept and shown as told, it moves no parcel.
"""

from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.order import DeliveryStatus

_TABLES: Final = files("plugin.domain.tracking.data.statuses")


class Meanings(msgspec.Struct, frozen=True):
    """One teller's table. `origin` is the documentation it was made from; case does not count."""

    origin: str
    statuses: dict[str, DeliveryStatus]
    sub_statuses: dict[str, DeliveryStatus]

    def of(self, status: str, sub_status: str | None = None) -> DeliveryStatus:
        """The meaning of the finer word where there is one for it, else that of the status."""
        finer = _read(self.sub_statuses, sub_status or "")
        return finer or _read(self.statuses, status) or DeliveryStatus.UNKNOWN


@cache
def meanings_of(teller: str) -> Meanings:
    """One teller's table; that of somebody who has none is a fault of ours (`FileNotFoundError`)."""
    text = _TABLES.joinpath(f"{teller}.json").read_bytes()
    table = decoder(Meanings).decode(text)
    return Meanings(table.origin, _folded(table.statuses), _folded(table.sub_statuses))


def _folded(words: dict[str, DeliveryStatus]) -> dict[str, DeliveryStatus]:
    return {word.casefold(): meaning for word, meaning in words.items()}


def _read(words: dict[str, DeliveryStatus], word: str) -> DeliveryStatus | None:
    return words.get(word.strip().casefold())
