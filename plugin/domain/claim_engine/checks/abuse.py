"""Whether something about the shopper's claims is unusual."""

from dataclasses import replace

from plugin.domain.claim_engine.abuse import score
from plugin.domain.claim_engine.finding import Finding, needs_person, ok
from plugin.domain.claim_engine.question import Question


def check(question: Question) -> Finding:
    """With enough signs a person looks, and sees each of them; there is no third answer."""
    found = score(question.history, question.now)
    if found.points < question.limits.review_score:
        return ok("nothing_unusual", points=found.points)
    return replace(needs_person("unusual", points=found.points), because=found.because)
