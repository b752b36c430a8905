"""Which rights of an order last longer than what was shown of them before."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from plugin.domain.entitlement import Clock, LineEntitlements, Right
from plugin.domain.ids import LineId


def longer(
    before: Sequence[LineEntitlements], after: Sequence[LineEntitlements], now: datetime
) -> tuple[tuple[LineId, Right], ...]:
    """Those that had an end and have a later one now, which is still to come; by line, in the engine's order."""
    return tuple(_longer({line.line: line for line in before}, after, now))


def _longer(
    before: dict[LineId, LineEntitlements], after: Sequence[LineEntitlements], now: datetime
) -> Iterator[tuple[LineId, Right]]:
    for line in after:
        known = before.get(line.line)
        for clock in line.clocks if known else ():
            if known and _is_longer(known.clock(clock.right), clock, now):
                yield line.line, clock.right


def _is_longer(was: Clock, clock: Clock, now: datetime) -> bool:
    if was.closes_at is None or clock.closes_at is None or clock.absent is not None:
        return False
    return clock.closes_at > was.closes_at and clock.closes_at > now
