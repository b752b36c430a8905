"""Say to an agent what the rules find in a claim, line by line, and what they would offer first, with its numbers."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.claim.claim import ClaimLine
from plugin.domain.claim_engine.costs import Costs
from plugin.domain.claim_engine.judge import Judgement
from plugin.domain.claim_engine.suggestion import Suggestion, suggest
from plugin.domain.ids import ClaimId
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk, Sitting
from plugin.usecases.claim.judge_lines import judge_lines
from plugin.usecases.claim.judging import judge_of

UNKNOWN = Costs()
"""Nobody has said what anything costs: the order of offers is the policy's, and every sum says that it is not known."""


@dataclass(frozen=True, slots=True)
class AdvisedLine:
    """One line with every finding, and the offers in the order to make them."""

    line: ClaimLine
    judgement: Judgement
    suggestion: Suggestion


def judge_claim(claim: ClaimId, *, desk: Desk, now: datetime, costs: Costs = UNKNOWN) -> tuple[AdvisedLine, ...]:
    """The advice as of the claim's opening, with the evidence sent since; nothing is recorded. Raises `NotFound`."""
    with desk.units.read(desk.merchant) as unit:
        known = read_claim(claim, unit)
        judging = judge_of(unit.orders.get(known.order), Sitting(unit, desk, now))
        lines = judge_lines(known, judging, unit)
    return tuple(AdvisedLine(each.line, each.judgement, suggest(each.question, costs)) for each in lines)
