"""Say what a customer's orders entitle to, for somebody Shopify has signed in; of anybody else's nothing is told.

Whose an order is our own record of it says: ids are asked for, never believed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from plugin.domain.clocks.engine import Law
from plugin.domain.ids import LineId
from plugin.domain.order import OrderRef
from plugin.domain.shop import Shop
from plugin.domain.shopper_session import NoSuchPage, Proof, ShopperSession
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.claim.open import open_units
from plugin.usecases.quote_shop_order import ShopOrder, shop_order

HOLDS: Final = timedelta(hours=2)
"""How long an address made for them opens the order: as for who gave number and e-mail address."""
_ID: Final = re.compile(r"[0-9]{1,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CustomerOrder:
    """An order of theirs with its rights and claims; `left`: units of each line that nothing was asked for yet."""

    told: ShopOrder
    left: Mapping[LineId, int]

    @property
    def stored(self) -> StoredOrder:
        """The order on record."""
        return self.told.quote.stored


def quote_customer_orders(
    ids: Sequence[str], customer: str, shop: Shop, *, units: Units, law: Law, now: datetime
) -> Sequence[CustomerOrder]:
    """Those of these orders that are the customer's and on record, in the order asked for, each once."""
    with units.read(shop.merchant) as unit:
        found = _theirs(ids, customer, shop, unit)
        shipments = unit.shipments.of_orders([stored.id for stored in found])
        told = [shop_order(stored, shipments.get(stored.id, ()), unit, law, now) for stored in found]
        return [CustomerOrder(each, open_units(stored, unit)) for each, stored in zip(told, found, strict=True)]


def customer_session(
    order: str, customer: str, shop: Shop, *, units: Units, now: datetime, holds: timedelta = HOLDS
) -> ShopperSession:
    """What opens this one order to them. Raises `NoSuchPage`, whosever else it is or if there is none."""
    with units.read(shop.merchant) as unit:
        stored = _theirs([order], customer, shop, unit)
    if not stored:
        raise NoSuchPage
    return session_of(stored[0], shop, now, holds)


def session_of(stored: StoredOrder, shop: Shop, now: datetime, holds: timedelta = HOLDS) -> ShopperSession:
    """What opens an order that was found to be theirs."""
    return ShopperSession(shop.id, Proof.SIGNED_IN, (now + holds).replace(microsecond=0), orders=(stored.id,))


def _theirs(ids: Sequence[str], customer: str, shop: Shop, unit: UnitOfWork) -> Sequence[StoredOrder]:
    refs = [OrderRef(shop.platform, each) for each in dict.fromkeys(ids) if _ID.fullmatch(each)]
    found = unit.orders.by_ref(shop.id, refs)
    return [found[ref] for ref in refs if ref in found and _is_theirs(found[ref], customer)]


def _is_theirs(stored: StoredOrder, customer: str) -> bool:
    shopper = stored.order.shopper
    return bool(customer) and shopper.external_id == customer and not shopper.is_erased
