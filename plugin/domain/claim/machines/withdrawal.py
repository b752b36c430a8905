"""The withdrawal by law, a track of its own."""

from enum import StrEnum

from plugin.domain.claim.machines.machine import Machine, moves


class WithdrawalState(StrEnum):
    """How far a declared withdrawal is: it took effect when it was declared, and no state says that it did not."""

    DECLARED = "declared"
    ACKNOWLEDGED = "acknowledged"
    AWAITING_GOODS = "awaiting_goods"
    REFUND_DUE = "refund_due"
    """The goods are back, on their way by proof, or never left: nothing holds the money any more."""
    REFUNDED = "refunded"
    LATE = "late"
    """Declared after the time the law gives; treated as a return where the shop's promise is longer."""
    CONTESTED = "contested"
    """A person has named an exception of the law with what shows it; the shopper may appeal."""


_W = WithdrawalState
WITHDRAWAL = Machine(
    "withdrawal",
    _W.DECLARED,
    moves({
        _W.DECLARED: (_W.ACKNOWLEDGED,),
        _W.ACKNOWLEDGED: (_W.AWAITING_GOODS, _W.REFUND_DUE, _W.LATE, _W.CONTESTED),
        _W.AWAITING_GOODS: (_W.REFUND_DUE, _W.LATE, _W.CONTESTED, _W.REFUNDED),
        _W.REFUND_DUE: (_W.REFUNDED, _W.CONTESTED, _W.AWAITING_GOODS),
        _W.LATE: (_W.AWAITING_GOODS, _W.REFUND_DUE),
        _W.CONTESTED: (_W.AWAITING_GOODS, _W.REFUND_DUE),
    }),
)  # fmt: skip
