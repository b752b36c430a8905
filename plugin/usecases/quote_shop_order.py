"""Say what an order entitles to, asked by the platform's own id of it; which claims there are, and where it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.record import Entry
from plugin.domain.claim.replay import replay
from plugin.domain.clocks.engine import Law
from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimId
from plugin.domain.order import OrderRef
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.domain.tracking.shipment import Shipment
from plugin.domain.tracking.told import ToldOrder
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.quote_entitlements import Quote, later_of, policy_of, quote
from plugin.usecases.tracking.quote_tracking import quote_tracking


class ShopOrderUnknown(NotFound):
    """The order is not on record yet, or never will be."""

    code = "order_unknown"


@dataclass(frozen=True, slots=True)
class ShopOrder:
    """The order with its rights, its claims with their entries, oldest first, and its parcels."""

    quote: Quote
    claims: Sequence[tuple[Claim, Sequence[Entry]]]
    parcels: ToldOrder


def quote_shop_order(external_id: str, shop: Shop, *, units: Units, law: Law, now: datetime) -> ShopOrder:
    """Raises `ShopOrderUnknown`, also for one whose shopper was erased."""
    ref = OrderRef(shop.platform, external_id)
    with units.read(shop.merchant) as unit:
        stored = unit.orders.by_ref(shop.id, [ref]).get(ref)
        if stored is None or stored.order.shopper.is_erased:
            raise ShopOrderUnknown
        shipments = unit.shipments.of_orders([stored.id]).get(stored.id, ())
        return shop_order(stored, shipments, unit, law, now)


def shop_order(
    stored: StoredOrder, shipments: Sequence[Shipment], unit: UnitOfWork, law: Law, now: datetime
) -> ShopOrder:
    """The same of an order at hand with what is followed of it, within the caller's unit."""
    policy = policy_of(stored, unit)
    later = later_of(stored, policy, unit, now)
    claims = [_claim(claim, unit) for claim in unit.claims.of_order(stored.id)]
    return ShopOrder(quote(stored, policy, law, later), claims, quote_tracking(stored, unit, now, shipments=shipments))


def _claim(claim: ClaimId, unit: UnitOfWork) -> tuple[Claim, Sequence[Entry]]:
    entries = unit.claims.record(claim)
    return replay(claim, entries), entries
