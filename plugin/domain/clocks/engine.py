"""What every line of an order is entitled to: five parallel clocks each. Pure, and without a `now`."""

from collections.abc import Sequence

from plugin.domain.clocks.inputs import LineFacts, OrderFacts, gather
from plugin.domain.clocks.later_promise import Since, with_later
from plugin.domain.clocks.nothing import no_clock
from plugin.domain.clocks.order_clocks import OrderClocks
from plugin.domain.entitlement import Clock, LineEntitlements, Right
from plugin.domain.law.in_force import Law
from plugin.domain.policy import PolicyVersion
from plugin.domain.stored import StoredOrder

__all__ = ["Law", "entitlements"]


def entitlements(
    stored: StoredOrder, policy: PolicyVersion | None, law: Law, later: Sequence[PolicyVersion] = ()
) -> tuple[LineEntitlements, ...]:
    """The clocks of every line, in the order's order.

    `policy` is the version in force when the order was placed, None when there was none. It only ever adds: statutory
    clocks are set by deliveries, the law, and what the merchant declares to have told shoppers, never by its promises.
    `later` are the versions in force since that are for earlier orders too, oldest first: each of their promises that
    is better for the shopper takes the place of the order's own.
    """
    facts = gather(stored, policy, law)
    clocks = OrderClocks(facts, law)
    since = [(version, gather(stored, version, law)) for version in later]
    improving = [(version, then.lines, OrderClocks(then, law)) for version, then in since]
    told = []
    for number, line in enumerate(facts.lines):
        own = _clocks(line, clocks)
        then = [Since(version, lines[number], _clocks(lines[number], of)) for version, lines, of in improving]
        told.append(_of_line(line, facts, with_later(own, line, then) if then else own, law))
    return tuple(told)


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
