"""A promise the shop made later, for earlier orders too: it takes the place of the order's own only if it is better.

Better is longer, free, with more to choose from ..., in some part better and in no part worse. Where two promises
cannot be compared yet (both wait for different moments), the order's own stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from plugin.domain.basis import LATER_POLICY, Basis
from plugin.domain.clocks.inputs import LineFacts
from plugin.domain.clocks.steps import step
from plugin.domain.entitlement import Absent, Clock, Right
from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.least import is_no_worse
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Track, Window

_PROMISES: Mapping[Right, Track] = {
    Right.SHOP_RETURN: Track.RETURN,
    Right.EXCHANGE: Track.EXCHANGE,
    Right.COMMERCIAL_WARRANTY: Track.WARRANTY,
}


@dataclass(frozen=True, slots=True)
class Since:
    """What a line would have under a later version."""

    policy: PolicyVersion
    line: LineFacts
    clocks: tuple[Clock, ...]


def with_later(own: Sequence[Clock], line: LineFacts, later: Sequence[Since]) -> tuple[Clock, ...]:
    """The order's own clocks, each promise replaced by the best that later versions made; oldest version first."""
    return tuple(
        _best(clock, line, [(since, since.clocks[place]) for since in later]) if clock.right in _PROMISES else clock
        for place, clock in enumerate(own)
    )


def _best(now: Clock, line: LineFacts, later: Sequence[tuple[Since, Clock]]) -> Clock:
    track = _PROMISES[now.right]
    rule = line.meant.terms[track].rule
    for since, then in later:
        after = since.line.meant.terms[track].rule
        if _is_better(then, after, now, rule):
            now, rule = _from_later(then, since.policy), after
    return now


def _from_later(clock: Clock, later: PolicyVersion) -> Clock:
    named = tuple(Basis(LATER_POLICY, basis.id, basis.citation) for basis in clock.basis)
    return replace(clock, trace=(step("later_policy", version=later.id), *clock.trace), basis=named)


def _is_better(then: Clock, after: Rule | None, now: Clock, before: Rule | None) -> bool:
    if then.absent is not None:
        return False
    if now.absent is not None:
        return now.absent == Absent.NO_PROMISE
    if before is None or after is None or not is_no_worse(after, before):
        return False
    ends = _compared(then, after, now, before)
    return ends == _LATER or (ends == _SAME and not is_no_worse(before, after))


_SAME, _LATER = 0, 1


def _compared(then: Clock, after: Rule, now: Clock, before: Rule) -> int | None:
    """Whether the later version's clock ends as the order's own does, or later; None: earlier, or nobody knows yet."""
    if now.starts is not None and then.starts is None:
        return None
    if after.window is None or before.window is None or before.window.length is None or after.window.length is None:
        return _endless(after.window, before.window)
    if then.closes_at is not None and now.closes_at is not None:
        return _sign(then.closes_at >= now.closes_at, then.closes_at > now.closes_at)
    counted = [(rule.clock, rule.window.unit, rule.window.counting) for rule in (after, before) if rule.window]
    if then.starts is None and now.starts is None and counted[0] == counted[1]:
        return _sign(after.window.length >= before.window.length, after.window.length > before.window.length)
    return None


def _endless(after: Window | None, before: Window | None) -> int | None:
    if after is None or before is None or after.length is not None:
        return None
    return _SAME if before.length is None else _LATER


def _sign(is_not_earlier: bool, is_later: bool) -> int | None:  # noqa: FBT001 - both are what a comparison gave
    return _LATER if is_later else (_SAME if is_not_earlier else None)
