"""Find the order and the claim that an order of ours was made for."""

from dataclasses import dataclass

from plugin.domain.ids import ClaimId, MerchantId
from plugin.domain.order import OrderRef
from plugin.domain.origin import MadeAs
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import Units


@dataclass(frozen=True, slots=True)
class FoundOrigin:
    """`number` and `order` are of the order it is for, `order` None while that is not on record; so `claim`."""

    made: MadeAs
    number: str
    order: StoredOrder | None
    claim: ClaimId | None


def find_origin(stored: StoredOrder, *, merchant: MerchantId, units: Units) -> FoundOrigin | None:
    """None: a shopper placed it."""
    origin = stored.order.origin
    if origin is None:
        return None
    ref = OrderRef(stored.order.ref.platform, origin.order)
    with units.read(merchant) as unit:
        order = unit.orders.by_ref(stored.shop, [ref]).get(ref)
        known = unit.claims.of_order(order.id) if order else ()
    claim = origin.claim if origin.claim in known else None  # what a shop's meta names may be anything
    return FoundOrigin(origin.made, order.order.number if order else origin.order, order, claim)
