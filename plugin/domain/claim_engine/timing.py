"""What an act on a claim does to the shop's time to answer: it rests, goes on, is met, begins anew or gets shorter."""

import math
from datetime import datetime, timedelta

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import met, start_timer
from plugin.domain.claim.events import TimerPaused, TimerResumed
from plugin.domain.claim.machines.conversation import Stage, TimerState
from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.status import OVER, status_of
from plugin.domain.claim.vocabulary import ENGINE, ClaimTrack
from plugin.domain.claim_engine.urgency import aim_of
from plugin.domain.service_clock.deadline import due_at, left, resumed, tightened
from plugin.domain.service_clock.escalation import tells_at
from plugin.domain.service_clock.market import Service
from plugin.domain.service_clock.targets import Aim

_ACTIVE = frozenset({TimerState.RUNNING, TimerState.PAUSED, TimerState.BREACHED})
_SECOND = timedelta(seconds=1)

Drafts = tuple[Draft, ...]


def keep_time(before: Claim, after: Claim, service: Service, now: datetime) -> Drafts:
    """What to record of the time once an act has led from one claim to the other.

    A withdrawal has the law's own times, and no question holds it up.
    """
    if after.track is ClaimTrack.WITHDRAWAL:
        return ()
    if after.timer.state in _ACTIVE:
        return met(after) if _is_served(before, after) else _run_on(before, after, service, now)
    return _begin(after, service, now) if _is_asked(before, after) else ()


def _is_served(before: Claim, after: Claim) -> bool:
    """Whether the shop has done what it had the time for: decided everything, or answered where all was decided."""
    if status_of(after) in OVER:
        return True
    has_answered = before.waits_for_answer and not after.waits_for_answer
    return not _is_undecided(after) and (_is_undecided(before) or has_answered)


def _is_asked(before: Claim, after: Claim) -> bool:
    """Whether it is the shop's turn since this act: an appeal, something reopened or undone, a new message."""
    if after.stage is not Stage.OPEN:
        return False
    has_written = after.waits_for_answer and not before.waits_for_answer
    return has_written or (_is_undecided(after) and not _is_undecided(before))


def _run_on(before: Claim, after: Claim, service: Service, now: datetime) -> Drafts:
    timer = after.timer
    if timer.state is TimerState.RUNNING and after.stage is Stage.NEEDS_INFO and timer.due_at is not None:
        remaining = left(timer.due_at, now, service.targets[aim_now(after)], service.calendar)
        return (Draft(TimerPaused(max(math.ceil(remaining / _SECOND), 0)), ENGINE),)
    if timer.state is TimerState.PAUSED and after.stage is Stage.OPEN and timer.left_seconds is not None:
        remaining = timedelta(seconds=timer.left_seconds)
        target = service.targets[aim_now(after)]
        due = resumed(remaining, now, target, service.calendar)
        return (Draft(TimerResumed(due, tells_at(due, now, timer.told, target, service.calendar)), ENGINE),)
    if timer.state is TimerState.RUNNING and after.tier is not before.tier and timer.due_at is not None:
        aim = aim_of(after.tier, after.lines[0].wanted, is_new=False)
        return _timed(aim, tightened(timer.due_at, now, service.targets[aim], service.calendar), service, now)
    return ()


def _begin(after: Claim, service: Service, now: datetime) -> Drafts:
    aim = aim_of(after.tier, after.lines[0].wanted, is_new=False)
    return begin_time(aim, service, now)


def begin_time(aim: Aim, service: Service, now: datetime) -> Drafts:
    """The time for something begins, with when the staff are told that it runs out."""
    return _timed(aim, due_at(now, service.targets[aim], service.calendar), service, now)


def _timed(aim: Aim, due: datetime, service: Service, now: datetime) -> Drafts:
    return start_timer(aim.value, due, tells_at(due, now, 0, service.targets[aim], service.calendar))


def aim_now(claim: Claim) -> Aim:
    """What the time runs for; a name nobody knows any more counts as ordinary."""
    return next((aim for aim in Aim if aim.value == claim.timer.target), Aim.ORDINARY)


def _is_undecided(claim: Claim) -> bool:
    return any(line.decision is DecisionState.PENDING for line in claim.lines)
