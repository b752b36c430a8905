"""Keep which statuses of its own a shop gives to orders that have arrived."""

from plugin.domain.access import require_role
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.shop import Role, Shop, StaffMember
from plugin.domain.shop_statuses import statuses_of
from plugin.ports.unit_of_work import Units


def name_statuses(shop: ShopId, text: str, *, merchant: MerchantId, by: StaffMember, units: Units) -> Shop:
    """The shop afterwards; orders count by it from their next report on, because none is dated back.

    Raises `RoleTooLow` for everybody below managers, `NoSuchStatus`, `NotFound`.
    """
    require_role(by, Role.MANAGER)
    statuses = statuses_of(text)
    with units(merchant) as unit:
        unit.shops.name_statuses(shop, statuses)
        after = unit.shops.get(shop)
        unit.commit()
    return after
