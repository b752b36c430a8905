"""Something given beyond right and promise, out of somebody's budget of the month."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.claim.machines.goodwill import GOODWILL, GoodwillState
from plugin.domain.ids import RefundId
from plugin.domain.money import Money

MONEY, GIFT, VOUCHER = "money", "gift", "voucher"
"""Paid back the way the order was paid; sent by the agent, who describes it; credit with the next purchase."""


@dataclass(frozen=True, slots=True)
class Goodwill:
    """One of them, by the number it has in its claim, from 1 on.

    `detail` says what the gift is, or the code of a voucher; of one that failed why it did. `refund` is the money's.
    `by` and `at`: out of whose budget, and of which month.
    """

    no: int
    kind: str
    amount: Money
    detail: str | None
    by: str | None
    at: datetime
    refund: RefundId | None = None
    state: GoodwillState = GOODWILL.start


def begins_as(kind: str, detail: str | None) -> GoodwillState:
    """A voucher that comes without its code is still to be made."""
    return GoodwillState.SENDING if kind == VOUCHER and detail is None else GOODWILL.start
