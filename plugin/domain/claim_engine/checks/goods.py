"""Whether what the goods are decides anything: an exception the law makes, a seal to look at."""

from plugin.domain.claim_engine.finding import Finding, needs_person, ok
from plugin.domain.claim_engine.question import Question
from plugin.domain.entitlement import Absent, Right
from plugin.domain.policy.terms import Fault

_THE_SHOPPERS = frozenset({Fault.BUYER, Fault.NONE})


def check(question: Question) -> Finding:
    """That an exception applies is only ever said by a person, with what shows it (2011/83/EU art. 16).

    Whether a seal was broken is seen when the goods are back, so it keeps nobody from sending them.
    """
    clock = question.entitled.clock(Right.WITHDRAWAL)
    is_second_thought = question.asked.is_withdrawal or question.asked.fault in _THE_SHOPPERS
    if clock.absent == Absent.EXCEPTED and is_second_thought and question.promise is None:
        return needs_person("excepted_goods", clock.basis)
    if question.goods.seal is not None and is_second_thought:
        return ok("seal_seen_on_return", clock.basis, trait=question.goods.seal.value)
    return ok("ordinary_goods")
