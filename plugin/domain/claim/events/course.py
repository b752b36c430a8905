"""What happens to money, and to a withdrawal."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.basis import Basis
from plugin.domain.claim.machines.goodwill import GoodwillState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.ids import RefundId
from plugin.domain.money import Money
from plugin.domain.refund.intent import RefundState


@dataclass(frozen=True, slots=True)
class RefundPlanned:
    """Money was granted: which lines it pays back, and how much, presentment currency."""

    refund: RefundId
    lines: tuple[int, ...]
    total: Money
    due_at: datetime | None = None
    """By when the law or the promise wants it back."""


@dataclass(frozen=True, slots=True)
class RefundMoved:
    """A refund moved on; `detail` is the platform's id of it or the code of what failed."""

    refund: RefundId
    to: RefundState
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class GoodwillGranted:
    """Something beyond right and promise, within the agent's budget: a voucher, a gift, money."""

    kind: str
    amount: Money
    detail: str | None = None
    refund: RefundId | None = None
    """The money's; a voucher without its code as `detail` is made by the platform."""


@dataclass(frozen=True, slots=True)
class GoodwillMoved:
    """What became of goodwill number `no`: a voucher's code, why there is none, or that it was taken back."""

    no: int
    to: GoodwillState
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawalMoved:
    """A withdrawal moved on; `because` is a code, `basis` with a contest the exception of the law."""

    to: WithdrawalState
    because: str
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class ShippingStopped:
    """The platform was asked to keep withdrawn goods from leaving: `stopped`, `noted` on its order, or why it did not.

    `outcome` other than `stopped` leaves it to a person to hold the parcel back.
    """

    outcome: str
