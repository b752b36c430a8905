"""Work on a claim: one command, then everything that follows from it, in one unit of work."""

from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.ids import ClaimId
from plugin.usecases.claim.act import Command, read_claim
from plugin.usecases.claim.advance import advance
from plugin.usecases.claim.collect_at_hub import collect_at_hub
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.examine import examine_proven
from plugin.usecases.claim.follow_time import follow_time
from plugin.usecases.claim.tell import tell


def work_on_claim(claim: ClaimId, command: Command, *, desk: Desk, now: datetime, seen: int | None = None) -> Claim:
    """The claim after the command and what followed: money granted where nothing holds it, effects and letters queued.

    `seen`: the version the caller's page showed; None where what it showed does not matter. Raises what the command
    raises, `NotFound`, `UnknownReturnPlace` for goods at a hub there is none of, and `Conflict` when the claim has
    moved on since, or somebody else was faster.
    """
    with desk.sitting(now) as here:
        before = read_claim(claim, here.unit)
        known = here.act_seen(claim, command, seen)
        collect_at_hub(before, known, here)
        known = examine_proven(before, known, here)
        changed = tell(before, advance(follow_time(before, known, here), here), here)
        here.unit.commit()
    return changed
