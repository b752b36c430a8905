"""The commercial-warranty clock: what the shop itself promises about the goods, beside the seller's legal liability."""

from plugin.domain.clocks.inputs import LineFacts, OrderFacts, is_goods
from plugin.domain.clocks.nothing import no_clock
from plugin.domain.clocks.payer import promised
from plugin.domain.clocks.promise import Promise, no_promise, promise_clock
from plugin.domain.entitlement import Absent, Clock, Right
from plugin.domain.law.facts import Place
from plugin.domain.law.in_force import Law
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Track


def commercial_warranty_clock(line: LineFacts, facts: OrderFacts, law: Law) -> Clock:
    """The promise from the delivery of this line; what is not delivered has no goods to warrant.

    Who pays is said for a defect, the only thing a warranty is about.
    """
    if facts.place is None:
        return no_clock(Right.COMMERCIAL_WARRANTY, Absent.COUNTRY_UNKNOWN)
    found = line.meant.terms[Track.WARRANTY]
    rule = found.rule
    if rule is None or rule.window is None or not is_goods(line.line) or not _holds(rule, facts.place):
        return no_promise(Right.COMMERCIAL_WARRANTY, found)
    paid = promised(rule.payers.seller, facts.market)
    right = Right.COMMERCIAL_WARRANTY
    promise = Promise(right, rule, rule.window, line.arrival, line.begun, paid, found.overruled)
    return promise_clock(promise, facts, facts.place, law)


def _holds(rule: Rule, place: Place) -> bool:
    """Whether the warranty is carried out in the country the goods went to."""
    countries = rule.coverage.countries if rule.coverage else frozenset()
    return not countries or place.country in countries
