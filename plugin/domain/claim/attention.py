"""Whether a claim still asks something of the shop, and since when its money is stuck: what queues are made of."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from plugin.domain.claim.claim import Claim, ClaimRefund
from plugin.domain.claim.machines.conversation import TimerState
from plugin.domain.claim.status import OVER, ClaimStatus, status_of
from plugin.domain.refund.intent import STOPPED, RefundState

_SETTLED = frozenset({ClaimStatus.RESOLVED, ClaimStatus.REJECTED})


def is_open(claim: Claim) -> bool:
    """Whether anything is left to do: it is not over, and where it is settled the shopper has written since."""
    status = status_of(claim)
    return status not in OVER and (status not in _SETTLED or claim.waits_for_answer)


def answer_due_at(claim: Claim) -> datetime | None:
    """By when the shop was to answer; a breach keeps it. None while the time does not run."""
    is_running = claim.timer.state in {TimerState.RUNNING, TimerState.BREACHED}
    return claim.timer.due_at if is_running else None


def money_due_at(claim: Claim) -> datetime | None:
    """By when the first of the refunds that have not arrived is due; None: nothing is due."""
    return min((refund.due_at for refund in _on_the_way(claim) if refund.due_at), default=None)


def due_at(claim: Claim) -> datetime | None:
    """By when the shop has to do something next: answer, or have money arrive."""
    return min((due for due in (answer_due_at(claim), money_due_at(claim)) if due), default=None)


def due_day_at(claim: Claim) -> datetime | None:
    """When the last day of that begins, by the clock of the claim's market (UTC where that is unknown).

    From then on it is due today; an end at midnight belongs to the day that ends then.
    """
    due, zone = due_at(claim), ZoneInfo(claim.zone or "UTC")
    return datetime.combine(last_day(due, zone), time(0), zone).astimezone(UTC) if due else None


def last_day(end: datetime, zone: ZoneInfo) -> date:
    """The local day in which a time (end exclusive) is over."""
    return (end - timedelta(microseconds=1)).astimezone(zone).date()


def has_failed_refund(claim: Claim) -> bool:
    """Whether a refund waits for a person: it failed, or the shopper has to say where it should go."""
    waiting = {RefundState.FAILED, RefundState.NEEDS_SHOPPER_DATA}
    return any(refund.state in waiting for refund in _on_the_way(claim))


def money_stuck_at(claim: Claim) -> datetime | None:
    """From when on somebody has to look at its money: at once where a refund failed, else when one is overdue."""
    return claim.opened_at if has_failed_refund(claim) else money_due_at(claim)


def _on_the_way(claim: Claim) -> Iterator[ClaimRefund]:
    return (refund for refund in claim.refunds if refund.state is not RefundState.SETTLED and refund.detail != STOPPED)
