"""What is known of an order's parcels, as facts for the order page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from plugin.domain.deliveries import deliveries_of
from plugin.domain.order import Fulfilment
from plugin.domain.stored import StoredOrder
from plugin.domain.times import Moment


@dataclass(frozen=True, slots=True)
class ParcelFacts:
    """One parcel: days are the shopper's; `delivered` names who says so."""

    carrier: str | None
    number: str | None
    url: str | None
    sent_on: date | None
    delivered_on: date | None
    delivered: Moment | None
    expected_on: date | None


def parcels(stored: StoredOrder, zone: ZoneInfo) -> Sequence[ParcelFacts]:
    """Every parcel; of an order that the merchant or its status calls delivered, that stands for each."""
    mark = next((mark.moment for mark in stored.marks if mark.line is None), stored.order.delivered)
    found = [_facts(fulfilment, mark, zone) for fulfilment in stored.order.fulfilments]
    if not found and mark:
        return [ParcelFacts(None, None, None, None, _day(mark, zone), mark, None)]
    return found


def _facts(fulfilment: Fulfilment, mark: Moment | None, zone: ZoneInfo) -> ParcelFacts:
    parcel = fulfilment.parcels[0] if fulfilment.parcels else None
    delivered = deliveries_of(fulfilment) or mark
    return ParcelFacts(
        carrier=parcel.carrier if parcel else None,
        number=parcel.number if parcel else None,
        url=parcel.url if parcel else None,
        sent_on=_day(fulfilment.shipped, zone),
        delivered_on=_day(delivered, zone),
        delivered=delivered,
        expected_on=None if delivered else _day(fulfilment.estimated, zone),
    )


def _day(moment: Moment | None, zone: ZoneInfo) -> date | None:
    return moment.at.astimezone(zone).date() if moment else None
