"""Say what the shoppers of a whole shop are entitled to, order by order; for exports and the command line."""

from collections.abc import Iterator
from datetime import datetime

from plugin.domain.clocks.engine import Law
from plugin.domain.errors import NotFound
from plugin.domain.ids import OrderId
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.quote_entitlements import Quote, later_of, policy_of, quote

_BATCH = 200


class OrderNumberUnknown(NotFound):
    """The shop has no order with this number."""

    code = "order_number_unknown"


def quote_shop(shop: Shop, *, units: Units, law: Law, now: datetime) -> Iterator[Quote]:
    """Every order's quote, oldest record first; the shop may change while this runs."""
    after: OrderId | None = None
    while True:
        with units.read(shop.merchant) as unit:
            batch = unit.orders.batch(shop.id, after, _BATCH)
            quotes = [_quote(stored, unit, law, now) for stored in batch]
        yield from quotes
        if len(batch) < _BATCH:
            return
        after = batch[-1].id


def quote_number(number: str, shop: Shop, *, units: Units, law: Law, now: datetime) -> list[Quote]:
    """The quotes of the orders with this number, of which plugins may make several. Raises `OrderNumberUnknown`."""
    with units.read(shop.merchant) as unit:
        found = [_quote(stored, unit, law, now) for stored in unit.orders.by_number(shop.id, number)]
    if not found:
        raise OrderNumberUnknown({"field": "order", "order": number, "shop": shop.name})
    return found


def _quote(stored: StoredOrder, unit: UnitOfWork, law: Law, now: datetime) -> Quote:
    policy = policy_of(stored, unit)
    return quote(stored, policy, law, later_of(stored, policy, unit, now))
