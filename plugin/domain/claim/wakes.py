"""When a claim asks to be looked at again though nobody touched it."""

from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.ending import ANSWER_AWAITED, CLOSES_AFTER
from plugin.domain.claim.machines.conversation import Stage, TimerState
from plugin.domain.claim.status import ClaimStatus, status_of


def wakes_at(claim: Claim) -> datetime | None:
    """The next instant (UTC) at which time alone changes something: a breach, an answer that never came, the closing.

    None: only somebody's act moves it on.
    """
    times = []
    if claim.timer.state is TimerState.RUNNING and claim.timer.due_at is not None:
        times.append(claim.timer.due_at)
    if claim.stage is Stage.NEEDS_INFO and claim.stage_at is not None and not _is_statutory(claim):
        times.append(claim.stage_at + ANSWER_AWAITED)
    if status_of(claim) in {ClaimStatus.RESOLVED, ClaimStatus.REJECTED} and not claim.waits_for_answer:
        times.append(claim.changed_at + CLOSES_AFTER)
    return min(times, default=None)


def _is_statutory(claim: Claim) -> bool:
    return claim.withdrawal is not None or any(line.is_statutory for line in claim.lines)
