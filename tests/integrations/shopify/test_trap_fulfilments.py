"""Traps of fulfilments."""

import pytest

from plugin.domain.order import (
    DeliveryStatus,
    Parcel,
    Platform,
)
from plugin.domain.shop_events import (
    DeliverySeen,
    FulfilmentSeen,
    Reread,
    Subject,
)
from plugin.domain.times import Source
from tests.integrations.shopify.nodes import a_fulfilment_node, a_node
from tests.integrations.shopify.samples import a_fulfilment, sample, seen_order, translated
from tests.integrations.shopify.traps import order


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "javascript://example.com/%0aalert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "https:",
        "http://[",
        "https://a b",
        " \tjavascript:x",
    ],
)
def test_a_tracking_link_that_is_not_plain_http_is_dropped_and_the_number_kept(url: str) -> None:
    parcel = a_fulfilment(tracking_numbers=["1"], tracking_urls=[url])
    assert order(fulfillments=[parcel]).fulfilments[0].parcels == (Parcel("DHL", "1", None),)
    node = a_fulfilment_node(trackingInfo=[{"company": "DHL", "number": "1", "url": url}])
    assert seen_order("", a_node(fulfillments=[node])).fulfilments[0].parcels == (Parcel("DHL", "1", None),)


def test_numbers_and_links_of_unequal_count_are_all_kept() -> None:
    given = a_fulfilment(tracking_numbers=["1", "2"], tracking_urls=["https://example.com/1"])
    parcels = order(fulfillments=[given]).fulfilments[0].parcels
    assert parcels == (Parcel("DHL", "1", "https://example.com/1"), Parcel("DHL", "2", None))


def test_a_fulfilment_without_lines_or_tracking_translates() -> None:
    bare = {
        key: value
        for key, value in a_fulfilment().items()
        if key not in {"line_items", "tracking_numbers", "tracking_urls"}
    }
    (fulfilment,) = order(fulfillments=[bare]).fulfilments
    assert (fulfilment.lines, fulfilment.parcels) == ((), ())


def test_a_fulfilment_said_to_be_delivered_has_its_order_read_again_for_the_instant() -> None:
    seen, again = translated("fulfillments/update", a_fulfilment(shipment_status="delivered"))
    assert isinstance(seen, FulfilmentSeen)
    assert seen.fulfilment.events == ()
    assert again == Reread(Subject.ORDER, Platform.SHOPIFY, "900")


def test_a_carriers_forecast_rides_beside_its_report_and_delivers_nothing() -> None:
    report = {**sample("fulfillment_events/create"), "estimated_delivery_at": "2026-10-09T10:00:00Z"}
    (event,) = translated("fulfillment_events/create", report)
    assert isinstance(event, DeliverySeen)
    assert event.event.status is DeliveryStatus.IN_TRANSIT
    assert event.estimated is not None
    assert event.estimated.source is Source.ESTIMATE


@pytest.mark.parametrize(
    ("status", "means"),
    [
        ("delivered", DeliveryStatus.DELIVERED),
        ("ready_for_pickup", DeliveryStatus.PICKUP_READY),
        ("attempted_delivery", DeliveryStatus.FAILED_ATTEMPT),
        ("failure", DeliveryStatus.EXCEPTION),
        ("teleported", DeliveryStatus.UNKNOWN),
    ],
)
def test_a_carriers_word_is_normalised(status: str, means: DeliveryStatus) -> None:
    (event,) = translated("fulfillment_events/create", {**sample("fulfillment_events/create"), "status": status})
    assert isinstance(event, DeliverySeen)
    assert (event.event.status, event.event.moment.source) == (means, Source.CARRIER)
