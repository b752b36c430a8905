"""When a claim asks to be looked at again though nobody touched it."""

from datetime import datetime, timedelta

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.commands import surveying
from plugin.domain.claim.commands.disposing import is_to_be_restocked
from plugin.domain.claim.commands.ending import ANSWER_AWAITED, CLOSES_AFTER
from plugin.domain.claim.commands.withdrawing import is_to_be_stopped
from plugin.domain.claim.machines.conversation import Stage, TimerState
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.status import ClaimStatus, status_of

PLATFORM_ANSWERS = timedelta(hours=1)
"""Longer than all attempts of a job; after that somebody has to look."""


def wakes_at(claim: Claim) -> datetime | None:
    """The next instant (UTC) at which time alone changes something.

    A breach, staff to be told of it, an answer that never came, the question after the end, the closing.
    None: only somebody's act moves it on.
    """
    times = []
    if claim.timer.state is TimerState.RUNNING and claim.timer.due_at is not None:
        times.append(claim.timer.due_at)
    if claim.timer.tells_at is not None:
        times.append(claim.timer.tells_at)
    times += [at + PLATFORM_ANSWERS for line in claim.lines if (at := unanswered_since(line)) is not None]
    if is_to_be_stopped(claim):
        times.append(claim.changed_at + PLATFORM_ANSWERS)
    times += [since + PLATFORM_ANSWERS for line in claim.lines if (since := unstocked_since(line)) is not None]
    if claim.stage is Stage.NEEDS_INFO and claim.stage_at is not None and not _is_statutory(claim):
        times.append(claim.stage_at + ANSWER_AWAITED)
    if status_of(claim) in {ClaimStatus.RESOLVED, ClaimStatus.REJECTED} and not claim.waits_for_answer:
        times.append(claim.changed_at + CLOSES_AFTER)
    if (asks := surveying.due_at(claim)) is not None:
        times.append(asks)
    return min(times, default=None)


def unanswered_since(line: ClaimLine) -> datetime | None:
    """Since when the platform has been asked to make something of which nothing was heard; None: it is not waited for.

    Money has a clock of its own, and so have repairs and parts, which people make.
    """
    is_asked = line.remedy is RemedyState.EXECUTING and line.plan is not None
    is_made = is_asked and line.plan is not None and line.plan.remedy.traits.is_made_by_platform
    return line.remedy_at if is_made else None


def unstocked_since(line: ClaimLine) -> datetime | None:
    """Since when the platform has been asked to put goods into stock, unanswered; None: it is not waited for."""
    if not is_to_be_restocked(line):
        return None
    since = (line.disposed_at, line.received_at, line.remedy_at)  # an exchange has to be made first
    return max((at for at in since if at is not None), default=None)


def _is_statutory(claim: Claim) -> bool:
    return claim.withdrawal is not None or any(line.is_statutory for line in claim.lines)
