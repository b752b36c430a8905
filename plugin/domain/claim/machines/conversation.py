"""Whose turn it is, and whether the time for an answer runs."""

from enum import StrEnum

from plugin.domain.claim.machines.machine import Machine, moves


class TimerState(StrEnum):
    """Whether the time for the shop's answer runs."""

    OFF = "off"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"


_C = TimerState
TIMER = Machine(
    "timer",
    _C.OFF,
    moves({
        _C.OFF: (_C.RUNNING,),
        _C.RUNNING: (_C.PAUSED, _C.MET, _C.BREACHED, _C.RUNNING),
        _C.PAUSED: (_C.RUNNING, _C.MET),
        _C.BREACHED: (_C.MET, _C.RUNNING),
        _C.MET: (_C.RUNNING,),
    }),
)  # fmt: skip


class Stage(StrEnum):
    """Whose turn the conversation is, and whether it is over."""

    OPEN = "open"
    NEEDS_INFO = "needs_info"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    CLOSED = "closed"


_G = Stage
STAGE = Machine(
    "stage",
    _G.OPEN,
    moves({
        _G.OPEN: (_G.NEEDS_INFO, _G.CANCELLED, _G.CLOSED),
        _G.NEEDS_INFO: (_G.OPEN, _G.EXPIRED, _G.CANCELLED),
        _G.EXPIRED: (_G.OPEN,),
        _G.CLOSED: (_G.OPEN,),
    }),
)  # fmt: skip
