"""Take in a new tenant."""

from datetime import datetime

from plugin.domain.errors import Invalid
from plugin.domain.ids import MerchantId
from plugin.domain.shop import Merchant
from plugin.domain.shop_name import LONGEST_NAME
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import Units


def create_merchant(name: str, *, units: Units, ids: Ids, now: datetime) -> Merchant:
    """A merchant of this name, without shops or staff. Raises `Invalid` on an empty or overlong name."""
    merchant = Merchant(id=MerchantId(ids.new()), name=usable_name(name), created_at=now)
    with units(merchant.id) as unit:
        unit.shops.add_merchant(merchant)
        unit.commit()
    return merchant


def usable_name(name: str) -> str:
    """A name as people type it, trimmed: 1 to 200 characters, none of them control characters; raises `Invalid`."""
    trimmed = name.strip()
    if not trimmed or len(trimmed) > LONGEST_NAME or not trimmed.isprintable():
        raise Invalid({"field": "name"})
    return trimmed
