"""When the mail of a declaration leaves: at once, or with the next sweep where somebody sends them in a row.

A limit delays, it never refuses: whatever the pace, the declaration is recorded at the instant it came.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

HOUR: Final = timedelta(hours=1)
_TO_ADDRESS: Final = 5
_FROM_CALLER: Final = 20
"""More than one, since households, offices and phone networks share an address."""
_ABOUT_ORDER: Final = 3


@dataclass(frozen=True, slots=True)
class Recent:
    """How many were declared within the last hour: to be acknowledged to this address, by this caller, of this order.

    The one at hand is not counted.
    """

    to_address: int = 0
    by_caller: int = 0
    about_order: int = 0


def is_at_once(recent: Recent) -> bool:
    """Whether the acknowledgement leaves at once."""
    return recent.to_address < _TO_ADDRESS and recent.by_caller < _FROM_CALLER


def is_told_at_once(recent: Recent) -> bool:
    """Whether the order's own address is told at once, whatever names its number."""
    return recent.about_order < _ABOUT_ORDER and recent.by_caller < _FROM_CALLER
