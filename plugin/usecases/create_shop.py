"""Add a shop to a merchant.

A shop belongs to the merchant it came in with. Nothing proves where a shop made here is: one whose platform has shown
who controls it comes in by `install_shop`.
"""

from datetime import datetime

from plugin.domain.errors import Conflict
from plugin.domain.ids import MerchantId, ShopId
from plugin.domain.order import Platform
from plugin.domain.shop import Shop
from plugin.ports.ids import Ids
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import Units
from plugin.usecases.create_merchant import usable_name


class ShopNameTaken(Conflict):
    """The merchant already calls another shop this."""

    code = "shop_name_taken"


class ShopOnOtherPlatform(Conflict):
    """The shop exists, on another platform than the one asked for."""

    code = "shop_on_other_platform"


def create_shop(  # noqa: PLR0913 - each argument is a fact of the shop or a port
    name: str,
    platform: Platform,
    *,
    merchant: MerchantId,
    units: Units,
    ids: Ids,
    secrets: Secrets,
    now: datetime,
    is_demo: bool = False,
) -> Shop:
    """A new shop with a public key nobody can guess. Raises `ShopNameTaken`, or `Invalid` on an unusable name."""
    shop = Shop(
        id=ShopId(ids.new()),
        merchant=merchant,
        name=usable_name(name),
        platform=platform,
        key=secrets.token(),
        created_at=now,
        is_demo=is_demo,
    )
    with units(merchant) as unit:
        if unit.shops.by_name(shop.name) is not None:
            raise ShopNameTaken({"field": "name", "name": shop.name})
        unit.shops.add(shop)
        unit.commit()
    return shop
