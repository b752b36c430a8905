from datetime import timedelta

import pytest

from plugin.domain.order import Order, PlatformReturn
from plugin.domain.report import FulfilmentUnknown, OrderUnknown, outcome, received
from plugin.domain.shop_events import (
    DeliverySeen,
    DeliveryWithdrawn,
    FulfilmentSeen,
    OrderGone,
    OrderSeen,
    RefundSeen,
    ReturnSeen,
)
from plugin.domain.stored import Outcome, StoredOrder
from tests.build import a_fulfilment, a_refund, a_stored_order, an_event, an_order

REF = an_order().ref
HOUR = timedelta(hours=1)


def fresh(order: Order) -> StoredOrder:
    return a_stored_order(order)


def test_the_first_report_of_an_order_puts_it_on_record() -> None:
    event = OrderSeen(an_order())
    after = received(event, None, fresh)
    assert after == a_stored_order(an_order())
    assert outcome(event, None, after) is Outcome.STORED


def test_an_older_report_changes_nothing_and_is_told_as_outdated() -> None:
    stored = a_stored_order()
    event = OrderSeen(an_order(updated_at=an_order().updated_at - HOUR, number="old"))
    after = received(event, stored, fresh)
    assert after is stored
    assert outcome(event, stored, after) is Outcome.OUTDATED


def test_the_same_report_again_is_unchanged() -> None:
    stored = a_stored_order()
    after = received(OrderSeen(an_order()), stored, fresh)
    assert after is stored
    assert outcome(OrderSeen(an_order()), stored, after) is Outcome.UNCHANGED


def test_a_newer_report_replaces_what_the_platform_says_and_keeps_what_is_ours() -> None:
    stored = a_stored_order(policy_version="v1", is_gone=True)
    newer = an_order(updated_at=an_order().updated_at + HOUR, platform_status="completed")
    after = received(OrderSeen(newer), stored, fresh)
    assert after == a_stored_order(newer, policy_version="v1", is_gone=False)


def test_a_deleted_order_stays_on_record_and_is_marked() -> None:
    after = received(OrderGone(REF), a_stored_order(), fresh)
    assert after == a_stored_order(is_gone=True)


@pytest.mark.parametrize(
    "event",
    [OrderGone(REF), RefundSeen(REF, a_refund()), ReturnSeen(REF, PlatformReturn("1", "OPEN"))],
    ids=lambda event: type(event).__name__,
)
def test_a_report_about_an_order_nobody_knows_is_not_applied(event: OrderGone | RefundSeen | ReturnSeen) -> None:
    with pytest.raises(OrderUnknown):
        received(event, None, fresh)


def test_a_delivery_of_a_fulfilment_nobody_knows_is_not_guessed_to_mean_everything() -> None:
    with pytest.raises(FulfilmentUnknown):
        received(DeliverySeen(REF, "f9", an_event()), a_stored_order(), fresh)


def test_a_delivery_joins_its_fulfilment_and_can_be_withdrawn() -> None:
    stored = a_stored_order(an_order(fulfilments=(a_fulfilment(),)))
    delivered = received(DeliverySeen(REF, "f1", an_event(id="e1")), stored, fresh)
    assert delivered.order.fulfilments == (a_fulfilment(events=(an_event(id="e1"),)),)
    assert received(DeliveryWithdrawn(REF, "f1", "e1"), delivered, fresh) == stored


def test_an_older_fulfilment_report_does_not_overwrite_a_newer_one() -> None:
    known = a_fulfilment(status="success", updated_at=an_order().updated_at + HOUR)
    stored = a_stored_order(an_order(fulfilments=(known,)))
    older = a_fulfilment(status="pending", updated_at=an_order().updated_at)
    assert received(FulfilmentSeen(REF, older), stored, fresh) is stored


def test_refund_and_return_join_the_order_once() -> None:
    refunded = received(RefundSeen(REF, a_refund()), a_stored_order(), fresh)
    assert refunded.order.refunds == (a_refund(),)
    assert received(RefundSeen(REF, a_refund()), refunded, fresh) is refunded
    returned = received(ReturnSeen(REF, PlatformReturn("1", "OPEN")), refunded, fresh)
    closed = received(ReturnSeen(REF, PlatformReturn("1", "CLOSED")), returned, fresh)
    assert closed.order.returns == (PlatformReturn("1", "CLOSED"),)
