"""What is decided and what is done about it: decision and remedy, each a machine."""

from enum import StrEnum

from plugin.domain.claim.machines.machine import Machine, moves


class DecisionState(StrEnum):
    """What was decided of one line. A refusal is never the end: an appeal leads to an approval."""

    PENDING = "pending"
    APPROVED = "approved"
    OTHER_REMEDY = "other_remedy"
    """Approved, with another remedy than the one asked for."""
    REJECTED = "rejected"


_D = DecisionState
DECISION = Machine(
    "decision",
    _D.PENDING,
    moves({
        _D.PENDING: (_D.APPROVED, _D.OTHER_REMEDY, _D.REJECTED),
        _D.REJECTED: (_D.PENDING, _D.APPROVED, _D.OTHER_REMEDY),
        _D.APPROVED: (_D.PENDING,),
        _D.OTHER_REMEDY: (_D.PENDING,),
    }),
)  # fmt: skip


class RemedyState(StrEnum):
    """How far the remedy of one line is."""

    NONE = "none"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    EXECUTING = "executing"
    FAILED = "failed"
    SUCCEEDED = "succeeded"
    WAIVED = "waived"
    REVERSED = "reversed"


_Y = RemedyState
REMEDY = Machine(
    "remedy",
    _Y.NONE,
    moves({
        _Y.NONE: (_Y.OFFERED, _Y.ACCEPTED),
        _Y.OFFERED: (_Y.ACCEPTED, _Y.WAIVED, _Y.NONE),
        _Y.ACCEPTED: (_Y.OFFERED, _Y.ACCEPTED, _Y.EXECUTING, _Y.WAIVED, _Y.NONE),
        _Y.EXECUTING: (_Y.SUCCEEDED, _Y.FAILED),
        _Y.FAILED: (_Y.EXECUTING, _Y.SUCCEEDED, _Y.OFFERED, _Y.ACCEPTED, _Y.WAIVED),
        _Y.SUCCEEDED: (_Y.REVERSED,),
        _Y.REVERSED: (_Y.OFFERED, _Y.ACCEPTED),
    }),
)  # fmt: skip
