"""Whether the claim is worth no more than the rules may give away alone."""

from plugin.domain.claim_engine.finding import Finding, needs_person, ok
from plugin.domain.claim_engine.question import Question


def check(question: Question) -> Finding:
    """All lines count together, so that parts hide nothing. A limit in another currency is not converted."""
    limit, price = question.limits.auto_approve_up_to, question.claim_price or question.price
    if limit is None:
        return ok("no_amount_limit")
    if limit.currency == price.currency and price <= limit:
        return ok("within_amount_limit", amount=price.minor, limit=limit.minor, currency=price.currency)
    return needs_person("above_amount_limit", amount=price.minor, currency=price.currency)
