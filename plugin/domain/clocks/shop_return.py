"""The shop-return clock: back without a reason because the shop says so, beside the law and never instead of it."""

from plugin.domain.clocks.inputs import OrderFacts
from plugin.domain.clocks.nothing import no_clock
from plugin.domain.clocks.payer import payer_by_promise
from plugin.domain.clocks.promise import Promise, days_long, promise_clock
from plugin.domain.entitlement import Absent, Clock, Remedy, Right


def shop_return_clock(facts: OrderFacts) -> Clock:
    """The promised days from the order's last delivery, the same start the law uses; business buyers included."""
    if facts.place is None:
        return no_clock(Right.SHOP_RETURN, Absent.COUNTRY_UNKNOWN)
    if facts.market is None or not facts.market.return_days:
        return no_clock(Right.SHOP_RETURN, Absent.NO_PROMISE)
    length, said = days_long(facts.market.return_days)
    payer = payer_by_promise(facts.market)
    promise = Promise(Right.SHOP_RETURN, "return_days", length, said, payer, (Remedy.REFUND,))
    return promise_clock(promise, facts.goods, facts.begun, facts, facts.place)
