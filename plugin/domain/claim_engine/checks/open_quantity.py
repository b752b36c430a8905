"""Whether so many units are still there to be claimed."""

from plugin.domain.claim_engine.finding import Finding, no, ok
from plugin.domain.claim_engine.question import Question


def check(question: Question) -> Finding:
    """No when more is asked for than is left; that rests on no clause, so a person tells the shopper why."""
    asked, still_open = question.asked.quantity, question.open_quantity
    if 0 < asked <= still_open:
        return ok("quantity_open", asked=asked, open=still_open)
    return no("more_than_open", asked=asked, open=max(still_open, 0))
