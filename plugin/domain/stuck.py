"""What does not go on by itself, or has not for too long: one shape for everything a person may have to look at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LATE: Final = timedelta(minutes=10)
"""A delivery is applied within seconds; one that waits longer failed, or nobody works."""


class StuckKind(StrEnum):
    """What kind of thing it is; what weighs most first."""

    REFUND = "refund"
    """Money that a shopper waits for: refused, or with an outcome nobody knows."""
    EFFECT = "effect"
    """Something that was decided and ran out of tries before it was done."""
    SHOP = "shop"
    """A shop that cannot be read, or whose webhooks do not come."""
    DELIVERY = "delivery"
    """What a shop told us and is not applied yet."""
    RECORD = "record"
    """What could not be read."""
    LETTER = "letter"
    """Mail that did not leave."""
    LABEL = "label"
    """A return label that could not be bought."""
    CARRIER = "carrier"
    """An account that tells of no parcels."""
    PUSH = "push"
    """What a carrier pushed and nobody can read."""
    BOARD = "board"
    """Promises that do not stand in the shop as they were published."""


DISMISSABLE: Final = frozenset({StuckKind.EFFECT})
"""Left with an undo. Letters and records are let go for good on their own pages, which ask; the rest is not ours to
forget: it goes away once it is mended."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """One thing. `about` names it as its page does: an order's number, a shop, a carrier, a job; never a person.

    `fault` is the code of what happened last; `where` the id that its own page is found by, of a claim say. `tries`:
    None where nobody counts. `may_retry`: whether trying again is of use; it never does anything twice.
    """

    kind: StuckKind
    id: str
    about: str
    since: datetime
    fault: str
    tries: int | None = None
    where: str | None = None
    may_retry: bool = True
    detail: str = ""
    """The other side's own word for it, for who looks closer."""
