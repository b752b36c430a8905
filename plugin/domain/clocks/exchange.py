"""The exchange clock: another size, colour or piece instead, as far as the shop promises it."""

from plugin.domain.clocks.inputs import LineFacts, OrderFacts
from plugin.domain.clocks.nothing import no_clock
from plugin.domain.clocks.payer import payer_by_promise
from plugin.domain.clocks.promise import Promise, no_promise, promise_clock
from plugin.domain.entitlement import Absent, Clock, Right
from plugin.domain.law.in_force import Law
from plugin.domain.policy.terms import Track


def exchange_clock(line: LineFacts, facts: OrderFacts, law: Law) -> Clock:
    """The promise from the order's last delivery; no law gives an exchange without a defect."""
    if facts.place is None:
        return no_clock(Right.EXCHANGE, Absent.COUNTRY_UNKNOWN)
    found = line.meant.terms[Track.EXCHANGE]
    rule = found.rule
    if rule is None or rule.is_final_sale or rule.window is None:
        return no_promise(Right.EXCHANGE, found)
    paid = payer_by_promise(rule, facts.market)
    promise = Promise(Right.EXCHANGE, rule, rule.window, facts.goods, facts.begun, paid, found.overruled)
    return promise_clock(promise, facts, facts.place, law)
