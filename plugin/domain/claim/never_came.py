"""Goods that never came are still owed: they may be asked for again, or their price back.

The trader delivers by transferring possession, and answers for what is lost or damaged until then; who does not get the
goods may end the contract and is paid back (Directive 2011/83/EU arts. 18(1)-(3), 20).
"""

from dataclasses import replace
from typing import Final

from plugin.domain.claim.money import LOST
from plugin.domain.claim.vocabulary import Judged
from plugin.domain.deliveries import deliveries
from plugin.domain.order import Order
from plugin.domain.remedy import Remedy

DAMAGED: Final = "logistics.damaged_in_transit"
LATE: Final = "logistics.arrived_late"
_ON_THE_WAY: Final = frozenset({LOST, DAMAGED, LATE})
_OWED: Final = (Remedy.REPLACEMENT, Remedy.REFUND)


def with_what_is_owed(judged: Judged, reason: str | None, order: Order) -> Judged:
    """The judgement with both remedies to choose from, where goods are said to be lost, or have not been delivered.

    Where nothing is named any remedy can be asked for, and it stays so.
    """
    never_came = reason == LOST or (reason in _ON_THE_WAY and not deliveries(order))
    if not never_came or not judged.remedies:
        return judged
    more = tuple(each for each in _OWED if each not in judged.remedies)
    return replace(judged, remedies=(*judged.remedies, *more))
