"""The webhook bodies Shopify sends about a parcel (Admin API 2026-10), written for an order of the demo."""

from datetime import datetime, timedelta

from plugin.domain.order import Order

Body = dict[str, object]


def delivery_event(order: Order, parcel: int, event: int, at: datetime) -> Body:
    """The body of fulfillment_events/create and fulfillment_events/delete."""
    return {
        "id": event,
        "fulfillment_id": parcel,
        "status": "delivered",
        "message": "Delivered",
        "happened_at": at.isoformat(timespec="seconds"),
        "country": order.place.country,
        "created_at": at.isoformat(timespec="seconds"),
        "updated_at": at.isoformat(timespec="seconds"),
        "estimated_delivery_at": None,
        "order_id": int(order.ref.external_id),
        "admin_graphql_api_id": f"gid://shopify/FulfillmentEvent/{event}",
    }


def fulfilment(order: Order, parcel: int, now: datetime) -> Body:
    """The body of fulfillments/create."""
    at = (now - timedelta(minutes=1)).isoformat(timespec="seconds")
    lines = [
        {"id": int(line.id), "quantity": line.quantity, "admin_graphql_api_id": f"gid://shopify/LineItem/{line.id}"}
        for line in order.lines
    ]
    return {
        "id": parcel,
        "order_id": int(order.ref.external_id),
        "status": "success",
        "created_at": at,
        "updated_at": at,
        "shipment_status": None,
        "tracking_company": "DHL",
        "tracking_number": f"00340434{parcel}"[:20],
        "tracking_numbers": [f"00340434{parcel}"[:20]],
        "tracking_url": None,
        "tracking_urls": [],
        "line_items": lines,
        "admin_graphql_api_id": f"gid://shopify/Fulfillment/{parcel}",
    }
