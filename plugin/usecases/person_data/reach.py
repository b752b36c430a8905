"""Which orders a request's file holds."""

from collections.abc import Sequence

from plugin.domain.data_request import DataRequest
from plugin.domain.ids import OrderId, PersonId, ShopId
from plugin.ports.unit_of_work import UnitOfWork

MOST_TOLD = 10
"""So many of its orders tell whose file it is."""


def orders_meant(
    person: PersonId, shop: ShopId, only: tuple[OrderId, ...] | None, unit: UnitOfWork
) -> Sequence[OrderId]:
    """Newest first: all of theirs in the shop, or those of `only` that still are theirs."""
    theirs = unit.people.orders_of(person, shop)
    return theirs if only is None else [order for order in theirs if order in only]


def orders_in(request: DataRequest, unit: UnitOfWork) -> Sequence[OrderId]:
    """Newest first; none once it is forgotten what was meant."""
    if request.person is None or (request.sought is None and not request.has_file):
        return ()
    return orders_meant(request.person, request.shop, request.sought.only if request.sought else None, unit)
