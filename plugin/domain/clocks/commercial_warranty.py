"""The commercial-warranty clock: what the shop itself promises about the goods, beside the seller's legal liability."""

from plugin.domain.clocks.inputs import LineFacts, OrderFacts, is_goods
from plugin.domain.clocks.nothing import no_clock
from plugin.domain.clocks.promise import Promise, months_long, promise_clock
from plugin.domain.clocks.steps import step
from plugin.domain.entitlement import Absent, Clock, Remedy, Right


def commercial_warranty_clock(line: LineFacts, facts: OrderFacts) -> Clock:
    """The promised months from the delivery of this line; what is not delivered has no goods to warrant."""
    if facts.place is None:
        return no_clock(Right.COMMERCIAL_WARRANTY, Absent.COUNTRY_UNKNOWN)
    if facts.market is None or facts.market.warranty_months <= 0 or not is_goods(line.line):
        return no_clock(Right.COMMERCIAL_WARRANTY, Absent.NO_PROMISE)
    months, payer = facts.market.warranty_months, facts.market.warranty_payer
    length, said = months_long(months)
    paid = (payer, step(f"payer_{payer.value}_by_promise", market=facts.market.market))
    remedies = (Remedy.REPAIR, Remedy.REPLACEMENT)
    promise = Promise(Right.COMMERCIAL_WARRANTY, "warranty_months", length, said, paid, remedies, months)
    return promise_clock(promise, line.arrival, line.begun, facts, facts.place)
