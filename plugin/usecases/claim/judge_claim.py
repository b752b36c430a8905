"""Say to an agent what the rules find in a claim, line by line, and what they would offer first, with its numbers."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.claim.claim import ClaimLine
from plugin.domain.claim_engine.cost_sheet import journey_of
from plugin.domain.claim_engine.judge import Judgement
from plugin.domain.claim_engine.suggestion import Suggestion, suggest
from plugin.domain.ids import ClaimId
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk, Sitting
from plugin.usecases.claim.judge_lines import judge_lines
from plugin.usecases.claim.judging import judge_of


@dataclass(frozen=True, slots=True)
class AdvisedLine:
    """One line with every finding, and the offers in the order to make them."""

    line: ClaimLine
    judgement: Judgement
    suggestion: Suggestion


def judge_claim(claim: ClaimId, *, desk: Desk, now: datetime) -> tuple[AdvisedLine, ...]:
    """The advice as of the claim's opening, with the evidence sent since; nothing is recorded. Raises `NotFound`.

    What the merchant has not said the cost of is not known, and neither is any sum with it.
    """
    with desk.units.read(desk.merchant) as unit:
        known = read_claim(claim, unit)
        judging = judge_of(unit.orders.get(known.order), Sitting(unit, desk, now))
        lines, settings = judge_lines(known, judging, unit), unit.claim_desk.settings()
    journey = journey_of(known.country, judging.policy)
    costs = [settings.costs.costs_of(each.question.price, journey) for each in lines]
    return tuple(
        AdvisedLine(each.line, each.judgement, suggest(each.question, cost, settings.too_dear))
        for each, cost in zip(lines, costs, strict=True)
    )
