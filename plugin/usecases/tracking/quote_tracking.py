"""Say where an order's parcels are, to the shopper and to whoever helps them: one answer for every surface."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from plugin.domain.clocks.arrivals import CALLED_OFF
from plugin.domain.stored import StoredOrder
from plugin.domain.tracking.discreet import discreet
from plugin.domain.tracking.shipment import Purpose, Shipment
from plugin.domain.tracking.told import ToldOrder, ToldParcel
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.advance import place_of
from plugin.usecases.tracking.to_come import to_come, with_days
from plugin.usecases.tracking.told_parcel import Here, followed, unfollowed


def quote_tracking(
    stored: StoredOrder,
    unit: UnitOfWork,
    now: datetime,
    *,
    shipments: Sequence[Shipment] | None = None,
    is_proven: bool = True,
) -> ToldOrder:
    """The parcels of an order as of `now` (aware UTC), with the days by which to expect what has not left yet.

    `shipments`: where they are at hand. `is_proven`: whether who asks has shown more than order number and e-mail
    address; without, nothing that may tell where the shopper lives is in the answer.
    """
    followed = unit.shipments.of_orders([stored.id]).get(stored.id, ()) if shipments is None else shipments
    return with_days(told_order(stored, followed, now, is_proven=is_proven), stored, unit, now)


def told_order(
    stored: StoredOrder, shipments: Sequence[Shipment], now: datetime, *, is_proven: bool = True
) -> ToldOrder:
    """The same of shipments at hand, none of them void, without days for what has not left."""
    place = place_of(stored.order)
    parcels = tuple(_parcels(shipments, Here(stored, place.zone if place else UTC, now)))
    if not is_proven:
        parcels = tuple(discreet(parcel, stored.order.shopper) for parcel in parcels)
    return ToldOrder(stored.order.number, parcels, place.zone if place else None)


def told_shipment(shipment: Shipment, stored: StoredOrder, now: datetime) -> ToldOrder:
    """One shipment alone, for whoever looks after it: also one that is void, or of a fulfilment that was called off."""
    place = place_of(stored.order)
    here = Here(stored, place.zone if place else UTC, now)
    live = (each for each in stored.order.fulfilments if each.status not in CALLED_OFF)
    sent = next((each for each in live if each.id == shipment.belongs_to), None)
    parcel = followed(shipment, sent if shipment.purpose is Purpose.OUTBOUND else None, here)
    return ToldOrder(stored.order.number, (parcel,), place.zone if place else None)


def _parcels(shipments: Sequence[Shipment], here: Here) -> Iterator[ToldParcel]:
    """Those to the shopper, what is still to come, then what goes back."""
    outbound = [each for each in shipments if each.purpose is Purpose.OUTBOUND]
    live = [each for each in here.order.fulfilments if each.status not in CALLED_OFF]
    for sent in live:
        own = [followed(each, sent, here) for each in outbound if each.belongs_to == sent.id]
        yield from own or [unfollowed(sent, here)]
    on_order = {each.id for each in here.order.fulfilments}
    apart = [each for each in outbound if each.belongs_to not in on_order]
    yield from (followed(each, None, here) for each in apart)
    yield from to_come(live, here, is_told=bool(apart))
    yield from (followed(each, None, here) for each in shipments if each.purpose is Purpose.RETURN)
