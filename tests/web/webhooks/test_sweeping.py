"""Once a day everything a shop has is compared with what is on record: deletions that nothing else tells are found."""

from __future__ import annotations

from datetime import timedelta

from tests.support.woocommerce_auth import Reply
from tests.support.woocommerce_live import LiveShop

REFUNDED = 205


def a_day_later(live: LiveShop) -> list[str]:
    """Poll a day later; the single orders that were asked for."""
    live.installation.clock.advance(timedelta(days=1))
    before = len(live.outside.asked)
    live.poll()
    asked = [each.endpoint for each in live.outside.asked[before:]]
    return [each.removeprefix("orders/") for each in asked if each.startswith("orders/") and "refunds" not in each]


def test_what_was_deleted_without_a_word_is_found_and_nothing_else_is_read_again(live: LiveShop) -> None:
    orders, refunds = live.outside.orders, live.outside.refunds
    live.outside.refunds = {order: found for order, found in refunds.items() if order in orders}
    refunded, (deleted, binned) = REFUNDED, [number for number in orders if not orders[number]["refunds"]][:2]
    del orders[deleted]
    orders[binned]["status"] = "trash"
    orders[refunded]["refunds"], live.outside.refunds[refunded] = [], []
    assert sorted(a_day_later(live)) == sorted(map(str, (deleted, binned, refunded)))
    stored = {number: live.order(number) for number in (deleted, binned, refunded)}
    assert all(stored.values())
    assert [number for number, each in stored.items() if each and each.is_gone] == [deleted, binned]
    assert stored[refunded].order.refunds == ()  # type: ignore[union-attr]  # it is there
    assert a_day_later(live) == []


def test_an_order_that_is_back_without_a_word_is_found(live: LiveShop) -> None:
    live.outside.refunds = {order: each for order, each in live.outside.refunds.items() if order in live.outside.orders}
    kept = live.outside.orders.pop(REFUNDED)
    a_day_later(live)
    live.outside.orders[REFUNDED] = kept
    assert a_day_later(live) == [str(REFUNDED)]
    stored = live.order(REFUNDED)
    assert stored
    assert not stored.is_gone


def test_it_is_done_once_a_day_and_the_first_time_a_day_after_connecting(live: LiveShop) -> None:
    def listed() -> int:
        return sum("date_modified_gmt" in each.query.get("_fields", "") for each in live.outside.asked)

    live.installation.clock.advance(timedelta(hours=23))
    live.poll()
    assert listed() == 0
    a_day_later(live)
    once = listed()
    assert once > 0
    live.installation.clock.advance(timedelta(hours=1))
    live.poll()
    assert listed() == once


def test_a_shop_that_breaks_off_is_compared_again_within_the_hour_and_loses_nothing(live: LiveShop) -> None:
    live.outside.refunds = {order: each for order, each in live.outside.refunds.items() if order in live.outside.orders}
    del live.outside.orders[REFUNDED]

    def break_off(asked: object) -> None:
        if "date_modified_gmt" in getattr(asked, "query", {}).get("_fields", ""):
            live.outside.before = lambda _: None
            live.outside.misbehave("orders", Reply(500, b"<html>", content_type="text/html"))

    live.outside.before = break_off
    assert a_day_later(live) == []
    live.installation.clock.advance(timedelta(hours=1))
    live.poll()
    stored = live.order(REFUNDED)
    assert stored
    assert stored.is_gone


def test_a_shop_that_does_not_list_refunds_is_compared_by_its_orders(live: LiveShop) -> None:
    live.outside.has_refunds_route = False
    number = next(number for number, order in live.outside.orders.items() if not order["refunds"])
    del live.outside.orders[number]
    assert a_day_later(live) == [str(number)]
