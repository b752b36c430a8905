"""Parcels and what happened to them. A delivery is only what somebody reports with its instant, never a forecast."""

from collections.abc import Iterable
from datetime import datetime
from itertools import zip_longest

from integrations.platforms.shopify import graphql_shapes as graphql
from integrations.platforms.shopify import webhook_shapes as webhook
from integrations.platforms.shopify.fields import at, key, link, moment, moment_if, tail, text
from integrations.platforms.shopify.pages import nodes
from plugin.domain.ids import LineId
from plugin.domain.order import DeliveryEvent, DeliveryStatus, FulfilledLine, Fulfilment, Parcel
from plugin.domain.times import Moment, Source
from plugin.domain.tracking.meanings import meanings_of

_SENT = "success"


def webhook_fulfilment(given: webhook.Fulfilment) -> Fulfilment:
    """A fulfilment of a webhook: it never says when something arrived, whatever its `shipment_status`."""
    status = given.status.lower()
    return Fulfilment(
        id=key(given),
        status=status,
        shipped=_shipped(status, given.created_at, "created_at"),
        parcels=_webhook_parcels(given),
        lines=tuple(FulfilledLine(LineId(key(line)), line.quantity) for line in given.line_items),
        updated_at=None if given.updated_at is None else at(given.updated_at, "updated_at"),
    )


def graphql_fulfilment(given: graphql.Fulfilment) -> Fulfilment:
    """A fulfilment of our query, with its events."""
    status = given.status.lower()
    reports = nodes(given.events, "fulfillments.events")
    lines = nodes(given.fulfillment_line_items, "fulfillments.fulfillmentLineItems")
    return Fulfilment(
        id=tail(given.id),
        status=status,
        shipped=_shipped(status, given.created_at, "createdAt"),
        parcels=_parcels((info.company, info.number, info.url) for info in given.tracking_info),
        lines=tuple(FulfilledLine(LineId(tail(line.line_item.id)), line.quantity or 0) for line in lines),
        events=_with_delivery([_event(report) for report in reports], given.delivered_at),
        estimated=_estimated(given.estimated_delivery_at, reports),
        updated_at=at(given.updated_at, "updatedAt"),
    )


def webhook_event(given: webhook.FulfilmentEvent) -> DeliveryEvent:
    """One report of a parcel."""
    happened = moment(given.happened_at, "happened_at", Source.CARRIER)
    return DeliveryEvent(_status(given.status), happened, key(given), text(given.message))


def estimate(value: datetime | None, field: str) -> Moment | None:
    """When the carrier expects to deliver: shown as a forecast, starts no clock."""
    return moment_if(value, field, Source.ESTIMATE)


def _event(given: graphql.FulfilmentEvent) -> DeliveryEvent:
    happened = moment(given.happened_at, "happenedAt", Source.CARRIER)
    return DeliveryEvent(_status(given.status), happened, tail(given.id), text(given.message))


def _with_delivery(events: list[DeliveryEvent], delivered_at: datetime | None) -> tuple[DeliveryEvent, ...]:
    """The events; `deliveredAt` joins them where no event reports the delivery."""
    if delivered_at is None or any(event.status is DeliveryStatus.DELIVERED for event in events):
        return tuple(events)
    return (*events, DeliveryEvent(DeliveryStatus.DELIVERED, moment(delivered_at, "deliveredAt", Source.CARRIER)))


def _estimated(stated: datetime | None, reports: list[graphql.FulfilmentEvent]) -> Moment | None:
    """The fulfilment's own forecast, else that of its latest report."""
    latest = max(reports, key=lambda report: report.happened_at, default=None)
    expected = latest.estimated_delivery_at if latest and stated is None else stated
    return estimate(expected, "estimatedDeliveryAt")


def _status(status: str) -> DeliveryStatus:
    """By the published table; webhooks send the words in lower case."""
    return meanings_of("shopify").of(status)


def _shipped(status: str, created_at: datetime, field: str) -> Moment | None:
    """When it was marked as sent; a pending, cancelled or failed fulfilment has not left."""
    created = moment(created_at, field)
    return created if status == _SENT else None


def _webhook_parcels(given: webhook.Fulfilment) -> tuple[Parcel, ...]:
    numbers = given.tracking_numbers or [given.tracking_number]
    urls = given.tracking_urls or [given.tracking_url]
    return _parcels((given.tracking_company, number, url) for number, url in zip_longest(numbers, urls))


def _parcels(infos: Iterable[tuple[str | None, str | None, str | None]]) -> tuple[Parcel, ...]:
    """The tracked parcels; a carrier's name alone tracks nothing."""
    parcels = (Parcel(text(carrier), text(number), link(url)) for carrier, number, url in infos)
    return tuple(parcel for parcel in parcels if parcel.number or parcel.url)
