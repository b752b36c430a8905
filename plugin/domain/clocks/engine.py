"""What every line of an order is entitled to: five parallel clocks each. Pure, and without a `now`."""

from plugin.domain.clocks.arrivals import Arrival
from plugin.domain.clocks.commercial_warranty import commercial_warranty_clock
from plugin.domain.clocks.exchange import exchange_clock
from plugin.domain.clocks.inputs import LineFacts, OrderFacts, gather, is_goods
from plugin.domain.clocks.legal_guarantee import legal_guarantee_clock
from plugin.domain.clocks.nothing import no_clock
from plugin.domain.clocks.shop_return import shop_return_clock
from plugin.domain.clocks.withdrawal import for_line, withdrawal_clock
from plugin.domain.entitlement import Clock, LineEntitlements, Right
from plugin.domain.law.in_force import Law
from plugin.domain.policy import PolicyVersion
from plugin.domain.stored import StoredOrder

_Alike = tuple[Arrival, bool, bool, tuple[str, ...], tuple[str, ...]]

__all__ = ["Law", "entitlements"]


def entitlements(stored: StoredOrder, policy: PolicyVersion | None, law: Law) -> tuple[LineEntitlements, ...]:
    """The clocks of every line, in the order's order.

    `policy` is the version in force when the order was placed, None when there was none. It only ever adds: statutory
    clocks are set by deliveries, the law, and what the merchant declares to have told shoppers, never by its promises.
    """
    facts = gather(stored, policy, law)
    withdrawal = withdrawal_clock(facts, law)
    alike: dict[_Alike, tuple[Clock, ...]] = {}
    return tuple(_of_line(line, facts, _clocks(line, facts, withdrawal, law, alike), law) for line in facts.lines)


def _clocks(
    line: LineFacts, facts: OrderFacts, withdrawal: Clock, law: Law, alike: dict[_Alike, tuple[Clock, ...]]
) -> tuple[Clock, ...]:
    """The clocks of a line; lines that arrived together and are meant by the same rules have the same."""
    if line.absent is not None:
        return tuple(no_clock(right, line.absent) for right in Right)
    kind = (line.arrival, is_goods(line.line), line.line.is_gift_card, line.meant.key, line.line.property_names)
    if kind not in alike:
        alike[kind] = (
            for_line(withdrawal, line, facts, law),
            shop_return_clock(line, facts, law),
            exchange_clock(line, facts, law),
            legal_guarantee_clock(line, facts, law),
            commercial_warranty_clock(line, facts, law),
        )
    return alike[kind]


def _of_line(line: LineFacts, facts: OrderFacts, clocks: tuple[Clock, ...], law: Law) -> LineEntitlements:
    return LineEntitlements(
        line=line.line.id,
        clocks=clocks,
        rulebook_version=law.rulebook.version,
        calendar_version=law.calendar.version,
        policy_version=facts.policy.id if facts.policy else None,
        zone=facts.place.zone.key if facts.place else None,
    )
