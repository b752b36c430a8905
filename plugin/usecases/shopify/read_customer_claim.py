"""Read a claim for a customer whom Shopify has signed in: their own, and no other."""

from plugin.domain.ids import ClaimId
from plugin.domain.shop import Shop
from plugin.domain.shopper_session import NoSuchPage
from plugin.ports.unit_of_work import Units
from plugin.usecases.claim.read_for_shopper import ShopperView, read_for_shopper


def read_customer_claim(claim: str, customer: str, shop: Shop, *, units: Units) -> ShopperView:
    """Raises `NoSuchPage`, whosever else it is or if there is none."""
    with units.read(shop.merchant) as unit:
        view = read_for_shopper(ClaimId(claim), shop.id, unit)
    if not customer or view.stored.order.shopper.external_id != customer:
        raise NoSuchPage
    return view
