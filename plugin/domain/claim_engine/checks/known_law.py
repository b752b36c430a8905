"""Whether it is known which law applies."""

from plugin.domain.claim_engine.finding import Finding, needs_person, ok
from plugin.domain.claim_engine.question import Question
from plugin.domain.entitlement import Absent

_UNKNOWN = frozenset({Absent.COUNTRY_UNKNOWN.value, Absent.LAW_UNKNOWN.value})


def check(question: Question) -> Finding:
    """No other country's law is guessed: a person finds out."""
    absent = {clock.absent for clock in question.entitled.clocks if clock.absent in _UNKNOWN}
    if absent:
        return needs_person(min(str(each) for each in absent), country=question.country or "")
    return ok("law_known", country=question.country or "")
