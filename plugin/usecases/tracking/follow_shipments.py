"""Do what follows from where parcels are now: queued in the transaction that heard of it, and safe to run twice."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from plugin.domain.ids import OrderId, ShipmentId
from plugin.domain.tracking.shipment import Purpose
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.follow_parcel import follow_parcel
from plugin.usecases.tracking.expected_days import say_expected
from plugin.usecases.tracking.record_arrivals import Corrected, record_arrivals
from plugin.usecases.tracking.tell_start import tell_start


def follow_shipments(shipments: Sequence[ShipmentId], *, desk: Desk, now: datetime) -> str:
    """How many orders and claims anything followed for.

    An order or claim that fails keeps no other waiting: the first failure is raised once all had their turn. `Conflict`
    among them: somebody else was faster.
    """
    with desk.units.read(desk.merchant) as unit:
        known = [each for each in unit.shipments.some(shipments) if not each.is_void]
    by_order: dict[OrderId, list[ShipmentId]] = defaultdict(list)
    for each in known:
        by_order[each.order].append(each.id)
    back = [partial(follow_parcel, each.id, desk=desk, now=now) for each in known if each.purpose is Purpose.RETURN]
    turns: list[Callable[[], int]] = [partial(_of_orders, list(by_order.values()), desk, now), *back]
    return f"followed_{_each(turns)}"


def _of_orders(orders: Sequence[Sequence[ShipmentId]], desk: Desk, now: datetime) -> int:
    """All orders at once, for that is quick; where that fails, each for itself."""
    try:
        return _follow([each for some in orders for each in some], desk, now)
    except Exception:
        if len(orders) == 1:
            raise
    return _each([partial(_follow, some, desk, now) for some in orders])


def _each(turns: Sequence[Callable[[], int]]) -> int:
    """What they come to; the first failure is raised once all had their turn."""
    followed, failure = 0, None
    for turn in turns:
        try:
            followed += turn()
        except Exception as error:  # noqa: BLE001 - raised below
            failure = failure or error
    if failure is not None:
        raise failure
    return followed


def _follow(shipments: Sequence[ShipmentId], desk: Desk, now: datetime) -> int:
    """How many orders anything followed for, in one transaction."""
    with desk.units(desk.merchant) as unit:
        known = [each for each in unit.shipments.some(shipments) if not each.is_void]
        corrected = record_arrivals(known, unit)
        said = say_expected(known, unit, now)
        for each in corrected:
            _tell(each, desk, unit, now)
        if corrected or said:
            unit.commit()
    return len(corrected)


def _tell(corrected: Corrected, desk: Desk, unit: UnitOfWork, now: datetime) -> None:
    if desk.start_letter is not None:
        tell_start(corrected, unit=unit, law=desk.law, secrets=desk.secrets, letter=desk.start_letter, now=now)
