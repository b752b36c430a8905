"""Say what the shopper of an order is entitled to, line by line; computed when asked, never read from a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import LineEntitlements
from plugin.domain.ids import MerchantId, OrderId
from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.version import for_earlier_orders
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class Quote:
    """An order with the entitlements of its lines, in the order of the lines, and the policy it was placed under."""

    stored: StoredOrder
    policy: PolicyVersion | None
    lines: tuple[LineEntitlements, ...]

    @property
    def zone(self) -> ZoneInfo:
        """Where the shopper's days are counted; UTC while the country is unknown."""
        return ZoneInfo(next((line.zone for line in self.lines if line.zone), "UTC"))


def quote_entitlements(order: OrderId, *, merchant: MerchantId, units: Units, law: Law, now: datetime) -> Quote:
    """The quote for one order, with what versions in force by `now` add to earlier orders. Raises `NotFound`."""
    with units.read(merchant) as unit:
        stored = unit.orders.get(order)
        policy = policy_of(stored, unit)
        later = later_of(stored, policy, unit, now)
    return quote(stored, policy, law, later)


def quote(stored: StoredOrder, policy: PolicyVersion | None, law: Law, later: Sequence[PolicyVersion] = ()) -> Quote:
    """The quote for an order already at hand; `later` as the engine takes it."""
    return Quote(stored, policy, entitlements(stored, policy, law, later))


def later_of(
    stored: StoredOrder, policy: PolicyVersion | None, unit: UnitOfWork, now: datetime
) -> tuple[PolicyVersion, ...]:
    """The versions in force by `now` that better an order placed under `policy`, oldest first."""
    placed_at = stored.order.placed.at
    return for_earlier_orders(unit.policies.since(placed_at), policy, placed_at, now)


def policy_of(stored: StoredOrder, unit: UnitOfWork) -> PolicyVersion | None:
    """The version the order was placed under; for an order that came before any policy, the one that covers its day."""
    if stored.policy_version is not None:
        return unit.policies.get(stored.policy_version)
    return unit.policies.in_force(stored.order.placed.at)
