"""Whether goods that are said to be faulty or lost have arrived at all."""

from plugin.domain.claim_engine.finding import Finding, needs_person, ok
from plugin.domain.claim_engine.question import Question
from plugin.domain.policy.terms import Fault

_LOST = frozenset({"logistics.lost"})


def check(question: Question) -> Finding:
    """A parcel that did not come is the shop's to find or to send again (2011/83/EU arts 18, 20).

    A person asks the carrier, also where the carrier says that it came.
    """
    if question.asked.leaf in _LOST:
        return needs_person("said_not_to_have_come" if question.is_delivered else "not_arrived")
    if question.is_delivered or question.asked.fault in {Fault.BUYER, Fault.NONE}:
        return ok("arrived" if question.is_delivered else "called_off_before_arrival")
    return needs_person("faulty_before_arrival")
