"""Whether the goods were sold for good, and whether that means anything here."""

from plugin.domain.claim_engine.finding import Finding, no, ok
from plugin.domain.claim_engine.question import Question
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.terms import Track


def check(question: Question) -> Finding:
    """A final sale ends what the shop promises, never what the law gives."""
    final = next((rule for rule in question.rules if rule.is_final_sale and rule.track is not Track.WITHDRAWAL), None)
    if final is None:
        return ok("not_final_sale")
    if question.decision.ground is Ground.NOTHING:
        return no("final_sale", question.clause(final.track))
    return ok("law_over_final_sale" if question.is_by_law else "promised_all_the_same", question.basis)
