"""Take note of how letting a shop go ended: what its owner had to do there is done."""

from plugin.domain.disconnection import DisconnectionState
from plugin.domain.ids import MerchantId, ShopId
from plugin.ports.unit_of_work import Units


def close_disconnection(shop: ShopId, *, merchant: MerchantId, units: Units) -> None:
    """Tell no more of it; one whose keys are still needed stays. Raises `NotFound` for a shop of nobody here."""
    with units(merchant) as unit:
        known = unit.disconnections.get(unit.shops.get(shop).id)
        if known is None or known.state is DisconnectionState.REMOVING:
            return
        unit.disconnections.remove(shop)
        unit.commit()
