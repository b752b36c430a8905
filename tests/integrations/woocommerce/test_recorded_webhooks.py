"""Every recorded webhook body, by topic; the expected meaning is told from the raw body alone."""

import json
from collections import Counter

from plugin.domain.shop_events import Ignored, OrderSeen, ProductSeen, Reread, Subject
from tests.support.woocommerce import Delivery, Record, deliveries, the_order, translated

ORDER_HOOKS = ("order_refunded", "order_status_changed", "order_status_completed", "delete_order", "new_customer_note")


def test_every_recorded_webhook_means_what_its_topic_and_body_say() -> None:
    expected = Counter((delivery.topic, _expected(delivery)) for delivery in deliveries())
    meant = Counter((delivery.topic, _meant(delivery)) for delivery in deliveries())
    assert sum(expected.values()) == 289
    assert meant == expected


def test_orders_that_webhooks_carry_read_like_orders_of_the_rest_api() -> None:
    bodies = [d.body for d in deliveries() if _expected(d) == "OrderSeen"]
    assert len(bodies) == 117
    for body in bodies:
        raw = json.loads(body)
        order = the_order(body, "order.updated")
        assert order == the_order(body)
        assert (order.ref.external_id, len(order.lines)) == (str(raw["id"]), len(raw["line_items"]))


def test_actions_and_deletions_ask_for_the_order_they_are_about() -> None:
    for delivery in deliveries():
        event = translated(delivery.body, delivery.topic)
        if isinstance(event, Reread):
            body = json.loads(delivery.body)
            arg = body["arg"] if "arg" in body else body["id"]
            wanted = arg["order_id"] if isinstance(arg, dict) else arg
            assert (event.subject, event.external_id) == (Subject.ORDER, str(wanted))


def _meant(delivery: Delivery) -> str:
    match translated(delivery.body, delivery.topic):
        case Ignored(code=code):
            return code
        case OrderSeen() | ProductSeen() | Reread() as event:
            return type(event).__name__
        case event:
            return f"unexpected {event}"


def _expected(delivery: Delivery) -> str:
    if delivery.body.startswith(b"webhook_id="):
        return "ping"
    resource, _, event = delivery.topic.partition(".")
    if resource in ("customer", "coupon"):
        return "not_for_orders"
    body = json.loads(delivery.body)
    if resource == "action":
        return "Reread" if body["action"].removeprefix("woocommerce_") in ORDER_HOOKS else "not_for_orders"
    return "error_object" if "code" in body else _expected_record(resource, event, body)


def _expected_record(resource: str, event: str, body: Record) -> str:
    if event == "deleted":
        return "Reread" if resource == "order" else "foreign_id"
    if resource == "product":
        return "ProductSeen"
    return "checkout_draft" if body["status"] == "checkout-draft" else "OrderSeen"
