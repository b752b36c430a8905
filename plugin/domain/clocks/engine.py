"""What every line of an order is entitled to: five parallel clocks each. Pure, and without a `now`."""

from plugin.domain.clocks.inputs import LineFacts, OrderFacts, gather
from plugin.domain.clocks.later_promise import the_better
from plugin.domain.clocks.nothing import no_clock
from plugin.domain.clocks.order_clocks import OrderClocks
from plugin.domain.entitlement import Clock, LineEntitlements, Right
from plugin.domain.law.in_force import Law
from plugin.domain.policy import PolicyVersion
from plugin.domain.stored import StoredOrder

__all__ = ["Law", "entitlements"]


def entitlements(
    stored: StoredOrder, policy: PolicyVersion | None, law: Law, later: PolicyVersion | None = None
) -> tuple[LineEntitlements, ...]:
    """The clocks of every line, in the order's order.

    `policy` is the version in force when the order was placed, None when there was none. It only ever adds: statutory
    clocks are set by deliveries, the law, and what the merchant declares to have told shoppers, never by its promises.
    `later` is the newest version in force since that is for earlier orders too, None when there is none: each of its
    promises that is better for the shopper takes the place of the order's own.
    """
    facts = gather(stored, policy, law)
    clocks = OrderClocks(facts, law)
    if later is None:
        return tuple(_of_line(line, facts, _clocks(line, clocks), law) for line in facts.lines)
    since = gather(stored, later, law)
    clocks_since = OrderClocks(since, law)
    return tuple(
        _of_line(line, facts, the_better(_clocks(line, clocks), _clocks(then, clocks_since), line, then, later), law)
        for line, then in zip(facts.lines, since.lines, strict=True)
    )


def _clocks(line: LineFacts, clocks: OrderClocks) -> tuple[Clock, ...]:
    if line.absent is not None:
        return tuple(no_clock(right, line.absent) for right in Right)
    return (
        clocks.withdrawal(line),
        clocks.shop_return(line),
        clocks.exchange(line),
        clocks.legal_guarantee(line),
        clocks.commercial_warranty(line),
    )


def _of_line(line: LineFacts, facts: OrderFacts, clocks: tuple[Clock, ...], law: Law) -> LineEntitlements:
    return LineEntitlements(
        line=line.line.id,
        clocks=clocks,
        rulebook_version=law.rulebook.version,
        calendar_version=law.calendar.version,
        policy_version=facts.policy.id if facts.policy else None,
        zone=facts.place.zone.key if facts.place else None,
    )
