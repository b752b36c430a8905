"""Whether it is known where money goes that cannot go back the way it came."""

from plugin.domain.claim_engine.finding import Finding, needs_person, ok
from plugin.domain.claim_engine.question import Question
from plugin.domain.order import PaymentKind
from plugin.domain.remedy import Remedy

_MONEY = frozenset({Remedy.REFUND, Remedy.PRICE_REDUCTION})
_GOES_BACK = frozenset({PaymentKind.ONLINE, PaymentKind.NONE})


def check(question: Question) -> Finding:
    """Paid in cash at the door, by transfer or cheque: the shopper says where the refund should go."""
    if question.asked.wanted not in _MONEY or question.payment in _GOES_BACK:
        return ok("money_goes_back_as_it_came")
    if question.is_payee_known:
        return ok("payee_known", payment=question.payment.value)
    return needs_person("payee_unknown", payment=question.payment.value)
