"""Webhooks are hints: what each hostile body means (WooCommerce 10.5)."""

import pytest

from plugin.domain.order import Platform
from plugin.domain.shop_events import Ignored, ProductSeen, Reread, Subject
from tests.support.woocommerce import an_order_record, fault, the_order, translated


def reread(order_id: str) -> Reread:
    return Reread(Subject.ORDER, Platform.WOOCOMMERCE, order_id)


@pytest.mark.parametrize("topic", ["order.created", "order.updated", "order.restored", "product.updated", ""])
@pytest.mark.parametrize(
    ("code", "status"), [("woocommerce_rest_shop_order_invalid_id", 404), ("woocommerce_rest_cannot_view", 403)]
)
def test_an_error_object_signed_like_an_order_is_not_stored(topic: str, code: str, status: int) -> None:
    body = {"code": code, "message": "Übersetzt &amp; escaped", "data": {"status": status}}
    assert translated(body, topic) == Ignored("error_object", code)


def test_an_error_object_may_carry_its_status_bare() -> None:
    body = {"code": "woocommerce_rest_cannot_create_order_refund", "message": "x", "data": 500}
    assert isinstance(translated(body, "order.updated"), Ignored)


def test_an_order_said_to_be_deleted_is_read_again_for_it_may_be_back() -> None:
    assert translated({"id": 2226}, "order.deleted") == reread("2226")
    assert translated(an_order_record(), "order.deleted") == reread("205")
    assert translated({"id": 9007199254740993}, "order.deleted") == reread("9007199254740993")


@pytest.mark.parametrize("body", [{}, {"id": 0}, {"id": None}, {"id": "x"}, []])
def test_a_deletion_without_an_id_is_parked(body: object) -> None:
    assert fault(body, "order.deleted")[1] in ("id", "body")


def test_an_order_in_the_trash_at_delivery_time_is_read_again() -> None:
    assert translated(an_order_record(status="trash"), "order.updated") == reread("205")


def test_a_restored_order_is_seen_again() -> None:
    assert the_order(an_order_record(), "order.restored") == the_order(an_order_record())


def test_only_an_id_under_an_update_is_parked_and_takes_no_order_away() -> None:
    assert fault({"id": 205}, "order.updated")[0] == "missing_field"


def test_a_trashed_page_announced_as_a_deleted_product_takes_nothing_away() -> None:
    assert translated({"id": 2229}, "product.deleted") == Ignored("foreign_id", "2229")


@pytest.mark.parametrize(
    "hook",
    [
        "woocommerce_order_refunded",
        "woocommerce_order_status_changed",
        "woocommerce_order_status_completed",
        "woocommerce_order_status_delivered",
        "woocommerce_delete_order",
    ],
)
def test_an_action_about_an_order_asks_for_the_order(hook: str) -> None:
    assert translated({"action": hook, "arg": 2226}, f"action.{hook}") == reread("2226")
    assert translated({"action": hook, "arg": "2226"}, f"action.{hook}") == reread("2226")


def test_an_actions_argument_may_be_an_object() -> None:
    body = {"action": "woocommerce_new_customer_note", "arg": {"order_id": 2233, "customer_note": "Hallo"}}
    assert translated(body, "action.woocommerce_new_customer_note") == reread("2233")


@pytest.mark.parametrize(
    "hook", ["woocommerce_order_note_added", "woocommerce_refund_created", "woocommerce_update_product", "wc_anything"]
)
def test_the_id_of_a_note_or_a_refund_is_not_taken_for_an_orders(hook: str) -> None:
    assert translated({"action": hook, "arg": 3050}, f"action.{hook}") == Ignored("not_for_orders", f"action.{hook}")


@pytest.mark.parametrize("arg", [None, 0, -1, "x", 1.5, [], {}, {"order_id": None}])
def test_an_action_without_a_usable_argument_is_parked(arg: object) -> None:
    body = {"action": "woocommerce_order_refunded", "arg": arg}
    assert fault(body, "action.woocommerce_order_refunded")[0] in ("not_an_id", "wrong_type", "missing_field")


@pytest.mark.parametrize(
    "topic", ["customer.created", "customer.deleted", "coupon.deleted", "coupon.updated", "new.one"]
)
@pytest.mark.parametrize("body", [b'{"id": 7}', b"not json"])
def test_topics_that_say_nothing_about_orders_are_passed_over(topic: str, body: bytes) -> None:
    assert translated(body, topic) == Ignored("not_for_orders", topic)


def test_the_ping_of_a_new_webhook_is_passed_over() -> None:
    assert translated(b"webhook_id=17") == Ignored("ping")


def test_a_variation_announced_as_a_product_names_its_parent() -> None:
    body = {
        "id": 137,
        "name": "L",
        "type": "variation",
        "parent_id": 135,
        "virtual": False,
        "permalink": "javascript:alert(1)",
        "date_modified_gmt": "2026-11-21T19:38:29",
    }
    event = translated(body, "product.updated")
    assert isinstance(event, ProductSeen)
    assert (event.product.external_id, event.product.parent_id) == ("137", "135")
    assert (event.product.is_physical, event.product.url) == (True, None)
