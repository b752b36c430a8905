"""Goods that go into stock with a claim's returns: told line by line, as soon as the platform has said what it did."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from plugin.domain.claim.machines.goods import RESTOCKED
from plugin.domain.claim.wanted_return import WantedLine
from plugin.domain.ids import LineId
from plugin.domain.order import Order
from plugin.domain.returning.outcome import Outcome
from plugin.ports.platform_actions import Refusal


@dataclass(slots=True)
class Stock:
    """`waiting`: units that have yet to go into stock, by line of the claim. `tell`: puts a line's outcome on record.

    `stocked`: the order's lines that any stock knows.
    """

    waiting: Counter[int]
    tell: Callable[[int, str], None]
    stocked: frozenset[LineId]

    def is_waiting(self, line: WantedLine) -> bool:
        """Whether these units have yet to go into stock."""
        return line.outcome is Outcome.RESTOCKED and line.no in self.waiting

    def put(self, lines: Iterable[WantedLine]) -> None:
        """These units are in stock now; a line is told once all of it is."""
        for line in lines:
            if self.is_waiting(line):
                self.waiting[line.no] -= line.quantity
                if self.waiting[line.no] <= 0:
                    self._told(line.no, RESTOCKED if line.line in self.stocked else Refusal.NOT_SUPPORTED)

    def refuse(self, lines: Iterable[WantedLine], code: str) -> None:
        """These units are not in stock, and a person has to see to their line."""
        for line in lines:
            if self.is_waiting(line):
                self._told(line.no, code)

    def _told(self, no: int, outcome: str) -> None:
        del self.waiting[no]
        self.tell(no, outcome)


def stock_of(
    lines: Iterable[WantedLine], to_restock: Iterable[int], order: Order, tell: Callable[[int, str], None]
) -> Stock:
    """What of the wanted lines has yet to go into stock; `to_restock` are lines of the claim."""
    waiting, named = Counter[int](), frozenset(to_restock)
    for line in lines:
        if line.no in named and line.outcome is Outcome.RESTOCKED:
            waiting[line.no] += line.quantity
    return Stock(waiting, tell, frozenset(line.id for line in order.lines if line.variant_id or line.product_id))
