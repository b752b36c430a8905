"""Find whom a request is about: by address, by orders, and by the platform's own id of a customer."""

from collections.abc import Iterator

from plugin.domain.data_request import Sought
from plugin.domain.ids import MerchantId, OrderId, PersonId, ShopId
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import Units

_BATCH = 200


def persons_meant(sought: Sought, shop: ShopId, *, merchant: MerchantId, units: Units) -> tuple[PersonId, ...]:
    """Everybody who is meant and not erased: several where a customer ordered with several addresses.

    What a customer's id is looked for in is sealed, so every order of the shop is opened once: it may take a while.
    """
    with units.read(merchant) as unit:
        known = unit.people.find(sought.email.strip()) if sought.email else None
        named = [each.id for each in unit.orders.by_ref(shop, sought.orders).values() if _is_there(each)]
        found = {*([known] if known else ()), *unit.people.behind(named).values()}
    for theirs in _orders_of(sought.customer, shop, merchant, units) if sought.customer else ():
        with units.read(merchant) as unit:
            found |= set(unit.people.behind(theirs).values())
    return tuple(sorted(found))


def _orders_of(customer: str, shop: ShopId, merchant: MerchantId, units: Units) -> Iterator[list[OrderId]]:
    """Batch by batch, those with this customer."""
    after: OrderId | None = None
    while True:
        with units.read(merchant) as unit:
            batch = unit.orders.batch(shop, after, _BATCH)
        if not batch:
            return
        yield [each.id for each in batch if _is_there(each) and each.order.shopper.external_id == customer]
        after = batch[-1].id


def _is_there(stored: StoredOrder) -> bool:
    return not stored.order.shopper.is_erased
