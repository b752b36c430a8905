"""A refund of ours that the shop reports back settles the one that was granted, and makes no second one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from plugin.domain.ids import RefundId
from plugin.domain.refund.intent import RefundIntent, RefundState
from plugin.domain.refund.ledger import open_to_refund
from plugin.usecases.execute_refund import execute_refund
from plugin.usecases.plan_refund import plan_refund
from tests.build import MERCHANT
from tests.integrations.woocommerce.acting import PAID
from tests.integrations.woocommerce.synced import SyncedShop, synced
from tests.support.refunds import of, returned


@pytest.fixture
def shop() -> Iterator[SyncedShop]:
    with synced(PAID) as shop:
        shop.poll()
        yield shop


def grant(shop: SyncedShop) -> RefundIntent:
    stored = shop.stored(PAID)
    request = returned(of(stored.order.lines[0].id))
    with shop.units(MERCHANT) as unit:
        intent = plan_refund(request, stored.id, purpose="claim-7", unit=unit, ids=shop.ids, now=shop.now)
        unit.commit()
    return intent


def execute(shop: SyncedShop, refund: RefundId) -> str:
    return execute_refund(refund, merchant=MERCHANT, units=shop.units, actions=shop.actions, now=shop.now)


def settled(shop: SyncedShop, refund: RefundId) -> bool:
    """Whether it is settled by the shop's one refund, and nothing else of ours counts as paid or pending."""
    with shop.units.read(MERCHANT) as unit:
        known = unit.refunds.get(refund)
    (at_the_shop,) = shop.store.refunds[PAID]
    order = shop.order(PAID)
    assert open_to_refund(order, [known]) == order.total - known.total
    assert len(shop.units.of(MERCHANT).refunds) == len(order.refunds) == 1
    return known.state is RefundState.SETTLED and known.platform_refund == str(at_the_shop["id"])


def test_what_was_sent_is_settled_by_the_next_poll_however_often_it_is_read(shop: SyncedShop) -> None:
    intent = grant(shop)
    assert execute(shop, intent.id) == RefundState.SENT
    for _ in range(3):
        shop.poll()
        assert settled(shop, intent.id)
    assert execute(shop, intent.id) == RefundState.SETTLED


def test_a_refund_whose_answer_was_lost_is_settled_by_the_report_and_not_sent_again(shop: SyncedShop) -> None:
    intent = grant(shop)
    shop.store.lost = 4
    assert execute(shop, intent.id) == RefundState.INTENT
    shop.poll()
    assert settled(shop, intent.id)
    assert execute(shop, intent.id) == RefundState.SETTLED
    assert settled(shop, intent.id)


def test_a_refund_whose_answer_was_lost_is_found_when_it_is_tried_again_before_any_report(shop: SyncedShop) -> None:
    intent = grant(shop)
    shop.store.lost = 4
    execute(shop, intent.id)
    shop.store.now = shop.now.replace(hour=shop.now.hour + 1)
    assert execute(shop, intent.id) == RefundState.SENT
    shop.poll()
    assert settled(shop, intent.id)


def test_what_the_merchant_refunds_in_the_shop_itself_settles_nothing_of_ours(shop: SyncedShop) -> None:
    intent = grant(shop)
    by_hand = grant(shop)
    shop.actions().refund(by_hand, shop.order(PAID), idempotency_key="somebody else's")
    shop.poll()
    with shop.units.read(MERCHANT) as unit:
        assert unit.refunds.get(intent.id).state is RefundState.INTENT
