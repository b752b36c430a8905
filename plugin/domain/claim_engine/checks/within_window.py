"""Whether the law or a promise lets the goods back as things stand."""

from collections.abc import Iterator

from plugin.domain.basis import Basis
from plugin.domain.claim_engine.finding import Finding, no, ok
from plugin.domain.claim_engine.question import Question
from plugin.domain.entitlement import Clock, ClockState
from plugin.domain.policy.decision import Ground


def check(question: Question) -> Finding:
    """Yes with the right it rests on; no with every period that is over."""
    if question.decision.ground is not Ground.NOTHING:
        return ok("within_window", question.basis, ground=question.decision.ground.value)
    over = [clock for clock in question.entitled.clocks if clock.state(question.now) is ClockState.CLOSED]
    days = [clock.last_day for clock in over if clock.last_day is not None]
    return no("window_over", _cited(over), day=max(days)) if days else no("nothing_promised", _cited(over))


def _cited(over: list[Clock]) -> Iterator[Basis]:
    """The clause of the period that ended last goes first."""
    for clock in sorted(over, key=lambda clock: (clock.closes_at is not None, clock.closes_at), reverse=True):
        yield from clock.basis
