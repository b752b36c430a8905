"""Take a request for all that is kept about somebody: from the platform, or from the desk."""

from datetime import datetime

from plugin.domain.backoff import attempt_key
from plugin.domain.data_request import DataRequest, Sought
from plugin.domain.effects import PackPersonData
from plugin.domain.ids import MerchantId, OrderId, ShopId
from plugin.ports.unit_of_work import UnitOfWork, Units


def open_request(request: DataRequest, unit: UnitOfWork) -> bool:
    """Record it and have it put together; False when the platform asked for it before. The caller commits."""
    if request.reference and unit.data_requests.is_known(request.shop, request.reference):
        return False
    unit.data_requests.save(request)
    unit.queue.add([PackPersonData(unit.merchant, request.id)], key=request.id)
    return True


def ask_for_data(request: DataRequest, *, merchant: MerchantId, units: Units) -> None:
    """The same from the desk. Raises `NotFound` for a shop that is not the merchant's."""
    with units(merchant) as unit:
        unit.shops.get(request.shop)
        open_request(request, unit)
        unit.commit()


def buyer_of(order: OrderId, *, merchant: MerchantId, units: Units) -> tuple[ShopId, Sought]:
    """Whoever placed an order, and in which shop. Raises `NotFound`."""
    with units.read(merchant) as unit:
        stored = unit.orders.get(order)
    return stored.shop, Sought(email=stored.order.shopper.email, orders=(stored.order.ref,))


def queue_unpacked(*, merchant: MerchantId, units: Units, now: datetime) -> int:
    """Queue requests again whose job was lost or died; how many."""
    with units.read(merchant) as unit:
        waiting = [each for each in unit.data_requests.open() if each.packed_at is None]
    if not waiting:
        return 0
    with units(merchant) as unit:
        for each in waiting:
            unit.queue.add([PackPersonData(merchant, each.id)], key=attempt_key(each.id, each.asked_at, now))
        unit.commit()
    return len(waiting)
