"""What becomes of something that was given beyond right and promise."""

from enum import StrEnum

from plugin.domain.claim.machines.machine import Machine, moves


class GoodwillState(StrEnum):
    """How far it is. Money has a refund of its own to tell that, and a gift is on its way by whoever gave it."""

    GIVEN = "given"
    SENDING = "sending"
    """A voucher that the platform is to make."""
    SENT = "sent"
    FAILED = "failed"
    """The platform made none; it waits for a person."""
    TAKEN_BACK = "taken_back"


_G = GoodwillState
GOODWILL = Machine(
    "goodwill",
    _G.GIVEN,
    moves({
        _G.GIVEN: (_G.TAKEN_BACK,),
        _G.SENDING: (_G.SENT, _G.FAILED),
        _G.FAILED: (_G.SENDING, _G.TAKEN_BACK),
    }),
)  # fmt: skip
