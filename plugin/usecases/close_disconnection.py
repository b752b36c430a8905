"""Take note of how letting a shop go ended: what its owner had to do there is done."""

from plugin.domain.disconnection import DisconnectionState
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.order import Platform
from plugin.ports.unit_of_work import Units


def close_disconnection(shop: ShopId, *, merchant: MerchantId, units: Units) -> None:
    """Tell no more of it; one whose keys are still needed stays. Raises `NotFound` for a shop of nobody here."""
    with units(merchant) as unit:
        here = unit.shops.get(shop)
        known = unit.disconnections.get(here.id)
        if known is None or known.state is DisconnectionState.REMOVING or here.platform is Platform.SHOPIFY:
            return  # an app that stays installed would connect its shop again by the next look at it
        unit.disconnections.remove(shop)
        unit.commit()
