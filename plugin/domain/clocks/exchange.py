"""The exchange clock: another size, colour or piece instead, as far as the shop promises it."""

from plugin.domain.clocks.inputs import OrderFacts
from plugin.domain.clocks.nothing import no_clock
from plugin.domain.clocks.payer import payer_by_promise
from plugin.domain.clocks.promise import Promise, days_long, promise_clock
from plugin.domain.entitlement import Absent, Clock, Remedy, Right


def exchange_clock(facts: OrderFacts) -> Clock:
    """The promised days from the order's last delivery; no law gives an exchange without a defect."""
    if facts.place is None:
        return no_clock(Right.EXCHANGE, Absent.COUNTRY_UNKNOWN)
    if facts.market is None or not facts.market.exchange_days:
        return no_clock(Right.EXCHANGE, Absent.NO_PROMISE)
    length, said = days_long(facts.market.exchange_days)
    payer = payer_by_promise(facts.market)
    promise = Promise(Right.EXCHANGE, "exchange_days", length, said, payer, (Remedy.EXCHANGE,))
    return promise_clock(promise, facts.goods, facts.begun, facts, facts.place)
