"""Keep the shop's time to answer in step with what was done to a claim."""

from plugin.domain.claim.claim import Claim
from plugin.domain.claim_engine.timing import keep_time
from plugin.domain.service_clock.market import service_for
from plugin.usecases.claim.desk import Sitting


def follow_time(before: Claim, after: Claim, here: Sitting) -> Claim:
    """The claim with its time paused, going on, met or begun, by its market's calendar; the caller commits."""
    if before.version == after.version:
        return after
    policy = here.unit.policies.get(after.policy_version) if after.policy_version else None
    service = service_for(policy, after.country, here.desk.law.calendar)
    return here.act(after.id, lambda known: keep_time(before, known, service, here.now))
