"""Find whom a request is about: by address, by orders, and by the platform's own id of a customer."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plugin.domain.data_request import Sought
from plugin.domain.ids import MerchantId, OrderId, PersonId, ShopId
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork, Units

_BATCH = 200


@dataclass(frozen=True, slots=True, order=True)
class Meant:
    """Who is meant, and what of theirs: `only` these orders; None: all that is kept of them."""

    person: PersonId
    only: tuple[OrderId, ...] | None = None


def persons_meant(sought: Sought, shop: ShopId, *, merchant: MerchantId, units: Units) -> tuple[Meant, ...]:
    """Everybody who is meant and not erased: several where a customer ordered with several addresses.

    Whoever has the address is meant whole. An order that is found otherwise may stand under somebody else's address:
    whoever that is, is meant whole only where each of their orders in the shop is the customer's.
    """
    with units.read(merchant) as unit:
        known = unit.people.find(sought.email.strip()) if sought.email else None
    found: dict[PersonId, list[OrderId]] = defaultdict(list)
    for named in _orders_of(sought, shop, merchant, units):
        with units.read(merchant) as unit:
            for order, person in unit.people.behind(named).items():
                found[person].append(order)
    with units.read(merchant) as unit:
        others = [_meant(person, found[person], sought, shop, unit) for person in sorted(found) if person != known]
    return (*((Meant(known),) if known else ()), *others)


def _meant(person: PersonId, found: list[OrderId], sought: Sought, shop: ShopId, unit: UnitOfWork) -> Meant:
    """Whole, or these orders of theirs."""
    theirs = (unit.orders.get(order) for order in unit.people.orders_of(person, shop))
    if sought.customer and all(each.order.shopper.external_id == sought.customer for each in theirs):
        return Meant(person)
    return Meant(person, tuple(sorted(found)))


def _orders_of(sought: Sought, shop: ShopId, merchant: MerchantId, units: Units) -> Iterator[list[OrderId]]:
    """Those the request names; where it names none, the customer's, batch by batch.

    The platform lists what it wants handed over (shopify.dev, "Privacy law compliance", 2026-10). A customer's id is
    sealed within the orders: without a list each order of the shop is opened once, so many at a time.
    """
    with units.read(merchant) as unit:
        yield [each.id for each in unit.orders.by_ref(shop, sought.orders).values() if _is_there(each)]
    after: OrderId | None = None
    while sought.customer and not sought.orders:
        with units.read(merchant) as unit:
            batch = unit.orders.batch(shop, after, _BATCH)
        if not batch:
            return
        yield [each.id for each in batch if _is_there(each) and each.order.shopper.external_id == sought.customer]
        after = batch[-1].id


def _is_there(stored: StoredOrder) -> bool:
    return not stored.order.shopper.is_erased
