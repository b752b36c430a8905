"""Look at claims whose time has come: staff hear of a late answer, what nobody answered runs out, the settled close."""

from collections.abc import Sequence
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import breach
from plugin.domain.claim.commands.disposing import restock
from plugin.domain.claim.commands.ending import close, expire
from plugin.domain.claim.commands.remedying import fail
from plugin.domain.claim.commands.withdrawing import is_to_be_stopped, stop_shipping
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import CLOCK, STATUTORY, ClaimTrack
from plugin.domain.claim.wakes import PLATFORM_ANSWERS, unanswered_since, unstocked_since
from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.advance import advance
from plugin.usecases.claim.ask_survey import ask_question
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.escalate import escalate_claim
from plugin.usecases.claim.follow_time import follow_time
from plugin.usecases.claim.tell import tell
from plugin.usecases.execute_refund import UNAVAILABLE

_MOST = 200


def wake_claims(*, desk: Desk, now: datetime) -> int:
    """How many claims changed. One that somebody works on meanwhile is looked at the next time.

    One that cannot be woken keeps no other asleep: the first failure is raised once all had their turn.
    """
    with desk.units.read(desk.merchant) as unit:
        due = unit.claims.due(now, _MOST)
    changed, failures = 0, []
    for claim in due:
        try:
            _wake(claim, desk, now)
        except Conflict:
            continue
        except Exception as error:  # noqa: BLE001 - raised below
            failures.append(error)
            continue
        changed += 1
    if failures:
        raise failures[0]
    return changed


def _wake(claim: ClaimId, desk: Desk, now: datetime) -> None:
    with desk.sitting(now) as here:
        before = read_claim(claim, here.unit)
        known = escalate_claim(here.act(claim, lambda found: _due(found, now)), here)
        known = ask_question(known, here)
        tell(before, advance(follow_time(before, known, here), here), here)
        here.unit.commit()


def _due(claim: Claim, now: datetime) -> Sequence[Draft]:
    """The first thing that time brings; what is due besides is brought by the next look."""
    is_by_law = claim.track is ClaimTrack.WITHDRAWAL or any(line.judged.ground in STATUTORY for line in claim.lines)
    return (
        _unanswered(claim, now) or breach(claim, now) or (() if is_by_law else expire(claim, now)) or close(claim, now)
    )


def _unanswered(claim: Claim, now: datetime) -> Sequence[Draft]:
    """What the platform never answered to is left to an agent, who holds the parcel back or has it asked again."""
    if is_to_be_stopped(claim) and now >= claim.changed_at + PLATFORM_ANSWERS:
        return stop_shipping(claim, UNAVAILABLE)
    unstocked = [
        line.no
        for line in claim.lines
        if (since := unstocked_since(line)) is not None and now >= since + PLATFORM_ANSWERS
    ]
    if unstocked:
        return [draft for no in unstocked for draft in restock(claim, no, UNAVAILABLE, CLOCK)]
    late = [
        line.no
        for line in claim.lines
        if (since := unanswered_since(line)) is not None and now >= since + PLATFORM_ANSWERS
    ]
    return [draft for no in late for draft in fail(claim, no, UNAVAILABLE, CLOCK)]
