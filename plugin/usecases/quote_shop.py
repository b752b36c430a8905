"""Say what the shoppers of a whole shop are entitled to, order by order; for exports and the command line."""

from collections.abc import Iterator

from plugin.domain.clocks.engine import Law
from plugin.domain.errors import NotFound
from plugin.domain.ids import OrderId
from plugin.domain.shop import Shop
from plugin.ports.unit_of_work import Units
from plugin.usecases.quote_entitlements import Quote, policy_of, quote

_BATCH = 200


class OrderNumberUnknown(NotFound):
    """The shop has no order with this number."""

    code = "order_number_unknown"


def quote_shop(shop: Shop, *, units: Units, law: Law) -> Iterator[Quote]:
    """Every order's quote, oldest record first; the shop may change while this runs."""
    after: OrderId | None = None
    while True:
        with units.read(shop.merchant) as unit:
            batch = unit.orders.batch(shop.id, after, _BATCH)
            policies = [policy_of(stored, unit) for stored in batch]
        for stored, policy in zip(batch, policies, strict=True):
            yield quote(stored, policy, law)
        if len(batch) < _BATCH:
            return
        after = batch[-1].id


def quote_number(number: str, shop: Shop, *, units: Units, law: Law) -> list[Quote]:
    """The quotes of the orders with this number, of which plugins may make several. Raises `OrderNumberUnknown`."""
    with units.read(shop.merchant) as unit:
        found = [(stored, policy_of(stored, unit)) for stored in unit.orders.by_number(shop.id, number)]
    if not found:
        raise OrderNumberUnknown({"field": "order", "order": number, "shop": shop.name})
    return [quote(stored, policy, law) for stored, policy in found]
