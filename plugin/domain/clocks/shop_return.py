"""The shop-return clock: back without a reason because the shop says so, beside the law and never instead of it."""

from plugin.domain.clocks.inputs import LineFacts, OrderFacts
from plugin.domain.clocks.nothing import no_clock
from plugin.domain.clocks.payer import payer_by_promise
from plugin.domain.clocks.promise import Promise, no_promise, promise_clock
from plugin.domain.entitlement import Absent, Clock, Right
from plugin.domain.law.in_force import Law
from plugin.domain.policy.terms import Track


def shop_return_clock(line: LineFacts, facts: OrderFacts, law: Law) -> Clock:
    """The promise from the order's last delivery, the same start the law uses; business buyers included."""
    if facts.place is None:
        return no_clock(Right.SHOP_RETURN, Absent.COUNTRY_UNKNOWN)
    found = line.meant.terms[Track.RETURN]
    rule = found.rule
    if rule is None or rule.is_final_sale or rule.window is None:
        return no_promise(Right.SHOP_RETURN, found)
    paid = payer_by_promise(rule, facts.market)
    promise = Promise(Right.SHOP_RETURN, rule, rule.window, facts.goods, facts.begun, paid, found.overruled)
    return promise_clock(promise, facts, facts.place, law)
