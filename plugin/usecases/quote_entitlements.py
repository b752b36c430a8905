"""Say what the shopper of an order is entitled to, line by line; computed when asked, never read from a list."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from plugin.domain.clocks.engine import Law, entitlements
from plugin.domain.entitlement import LineEntitlements
from plugin.domain.ids import MerchantId, OrderId
from plugin.domain.policy import PolicyVersion
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class Quote:
    """An order with the entitlements of its lines, in the order of the lines, and the policy they rest on."""

    stored: StoredOrder
    policy: PolicyVersion | None
    lines: tuple[LineEntitlements, ...]

    @property
    def zone(self) -> ZoneInfo:
        """Where the shopper's days are counted; UTC while the country is unknown."""
        return ZoneInfo(next((line.zone for line in self.lines if line.zone), "UTC"))


def quote_entitlements(order: OrderId, *, merchant: MerchantId, units: Units, law: Law) -> Quote:
    """The quote for one order. Raises `NotFound`."""
    with units.read(merchant) as unit:
        stored = unit.orders.get(order)
        policy = policy_of(stored, unit)
    return quote(stored, policy, law)


def quote(stored: StoredOrder, policy: PolicyVersion | None, law: Law) -> Quote:
    """The quote for an order already at hand."""
    return Quote(stored, policy, entitlements(stored, policy, law))


def policy_of(stored: StoredOrder, unit: UnitOfWork) -> PolicyVersion | None:
    """The version the order was placed under; for an order that came before any policy, the one that covers its day."""
    if stored.policy_version is not None:
        return unit.policies.get(stored.policy_version)
    return unit.policies.in_force(stored.order.placed.at)
