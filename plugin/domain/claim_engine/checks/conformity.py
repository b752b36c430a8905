"""Who has to show that goods were faulty from the start."""

from zoneinfo import ZoneInfo

from plugin.domain.claim_engine.finding import Finding, needs_person, ok
from plugin.domain.claim_engine.question import Question
from plugin.domain.law.counting import local_day
from plugin.domain.policy.decision import Ground


def check(question: Question) -> Finding:
    """While the law presumes it, nobody; later a person weighs what the shopper shows (Dir. (EU) 2019/771 art. 11)."""
    clock = question.clock
    if question.decision.ground is not Ground.LIABILITY or clock is None:
        return ok("conformity_not_asked")
    until = clock.presumption_last_day
    today = local_day(question.now, ZoneInfo(question.entitled.zone or "UTC"))
    if until is not None and today <= until:
        return ok("fault_presumed", clock.basis, day=until)
    return needs_person("fault_to_be_shown", clock.basis)
