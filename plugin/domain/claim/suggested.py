"""What may be approved without looking closer: asked for, entitled to, and nothing was found against it."""

from collections.abc import Iterator

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.machines.decision import DecisionState
from plugin.domain.claim.money import LOST
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.status import ClaimStatus, status_of
from plugin.domain.claim.vocabulary import ClaimTrack, RemedyPlan, Tier
from plugin.domain.remedy import Remedy

_NOTHING_AGAINST = "ok"
_LOOKED_AT = frozenset({ClaimStatus.SUBMITTED, ClaimStatus.IN_REVIEW})


def suggested_lines(claim: Claim) -> tuple[tuple[ClaimLine, RemedyPlan], ...]:
    """The lines to approve together with the usual plan of what was asked for; none unless all of them can be.

    Not where a check found anything, where somebody could be hurt, where an appeal is pending, or where the amount has
    to be named first.
    """
    is_clear = claim.is_examined and all(outcome == _NOTHING_AGAINST for _, outcome, _ in claim.findings)
    if not is_clear or claim.tier is Tier.SAFETY or claim.track is ClaimTrack.WITHDRAWAL or not claim.is_proven:
        return ()
    if status_of(claim) not in _LOOKED_AT:
        return ()
    pending = [line for line in claim.lines if line.decision is DecisionState.PENDING]
    plans = tuple(_plans(pending))
    return plans if len(plans) == len(pending) else ()


def _plans(lines: list[ClaimLine]) -> Iterator[tuple[ClaimLine, RemedyPlan]]:
    for line in lines:
        if line.wanted in line.judged.remedies and line.wanted is not Remedy.PRICE_REDUCTION and not line.is_appealed:
            yield line, usual_plan(line.wanted, line.judged, goods_exist=line.reason != LOST)
