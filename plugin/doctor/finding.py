"""One thing that was looked at. Nothing in it is secret or personal: it is pasted into support threads."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How bad it is; the first is the worst."""

    FAILED = "failed"
    WARNING = "warning"
    UNKNOWN = "unknown"
    """It could not be looked at, because something else has failed."""
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Finding:
    """`told` says what was seen; `advice` what to do about it, empty where there is nothing to do."""

    check: str
    state: State
    told: str
    advice: str = ""


def ok(check: str, told: str) -> Finding:
    """As it should be."""
    return Finding(check, State.OK, told)


def warning(check: str, told: str, advice: str) -> Finding:
    """It works, and somebody should know."""
    return Finding(check, State.WARNING, told, advice)


def failed(check: str, told: str, advice: str) -> Finding:
    """It does not work."""
    return Finding(check, State.FAILED, told, advice)


def unknown(check: str, because: str) -> Finding:
    """It was not looked at."""
    return Finding(check, State.UNKNOWN, f"not looked at: {because}")
