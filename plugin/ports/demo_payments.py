"""What shoppers have yet to pay in the demo's shops, and paying it: no money moves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from plugin.domain.money import Money
from plugin.domain.order import OrderRef
from plugin.domain.shop import Shop


@dataclass(frozen=True, slots=True)
class Payable:
    """What an exchange costs more. `made_for`: the key of the command that made it; `paid_at` is aware UTC."""

    made_for: str
    amount: Money
    paid_at: datetime | None


class DemoPayments(Protocol):
    """The demo platform's checkout for the difference of an exchange; `made` is the new order's id there."""

    def payable(self, shop: Shop, order: OrderRef, made: str) -> Payable | None:
        """None: nothing of this id was made for the order, or nothing is due for it."""
        ...

    def pay(self, shop: Shop, order: OrderRef, made: str) -> Payable | None:
        """The same, paid now or before; twice is once."""
        ...
