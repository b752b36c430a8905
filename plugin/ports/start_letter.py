"""The letter to a shopper whose periods began later than they were told."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from plugin.domain.entitlement import LineEntitlements, Right
from plugin.domain.ids import LineId
from plugin.domain.policy import PolicyVersion
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.ports.mailer import Mail


@dataclass(frozen=True, slots=True)
class StartNews:
    """What is told: the order's rights as they are now, and which of them last `longer`.

    `arrived_on` is local to where it went. `order_token` leads to the withdrawal function with this order.
    """

    shop: Shop
    stored: StoredOrder
    policy: PolicyVersion | None
    lines: tuple[LineEntitlements, ...]
    longer: tuple[tuple[LineId, Right], ...]
    arrived_on: date
    order_token: str = field(repr=False)
    at: datetime


class StartLetter(Protocol):
    """Words it."""

    def __call__(self, news: StartNews) -> Mail:
        """The letter in the order's language, to the order's address."""
        ...
