"""Switch a shop's withdrawal function on or off."""

from datetime import datetime

from plugin.domain.access import require_role
from plugin.domain.errors import Conflict
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.shop import Role, Shop, StaffMember
from plugin.ports.unit_of_work import UnitOfWork, Units


class NoMailHasLeft(Conflict):
    """Nobody knows yet whether mail leaves; an acknowledgement that does not would be owed and never come."""

    code = "test_mail_needed"


def switch_withdrawal(
    shop: ShopId, *, is_on: bool, merchant: MerchantId, by: StaffMember | None, units: Units, now: datetime
) -> Shop:
    """The shop afterwards; `by` None: the installation itself (the demo).

    A live shop is not switched on before a test mail has left by the sender it has now, because the acknowledgement is
    owed without undue delay (Directive 2011/83/EU art. 11a(4)). Raises `RoleTooLow` for everybody but owners,
    `NoMailHasLeft`, `NotFound`.
    """
    require_role(by, Role.OWNER)
    with units(merchant) as unit:
        known = unit.shops.get(shop)
        if is_on and not known.is_demo and unit.senders.last_test_sent() is None:
            raise NoMailHasLeft
        if is_on is (known.withdrawal_since is None):
            unit.shops.switch_withdrawal(shop, now if is_on else None)
        after = unit.shops.get(shop)
        unit.commit()
    return after


def has_withdrawal_function(unit: UnitOfWork) -> bool:
    """Whether shoppers of every live shop of the merchant can reach it; of one without a live shop nobody can."""
    live = [shop for shop in unit.shops.all() if not shop.is_demo]
    return bool(live) and all(shop.withdrawal_since for shop in live)
