"""Whether somebody was hurt, or could be."""

from plugin.domain.claim_engine.finding import Finding, needs_person, ok
from plugin.domain.claim_engine.question import Question
from plugin.domain.claim_engine.safety import is_safety


def check(question: Question) -> Finding:
    """A hazard is always looked at by a person, whatever the shopper is entitled to (Regulation (EU) 2023/988)."""
    return needs_person("safety") if is_safety(question.asked.reasons) else ok("no_hazard")
