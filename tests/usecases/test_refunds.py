"""A refund from grant to settlement: on the demo's platform, through the inbox, whatever breaks in between."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from plugin.demo.platform.books import Troubles
from plugin.domain.effects import ExecuteRefund
from plugin.domain.ids import LineId, OrderId
from plugin.domain.order import Platform
from plugin.domain.refund.intent import RefundIntent, RefundState
from plugin.domain.refund.ledger import open_to_refund
from plugin.domain.refund.request import NothingToRefund
from plugin.domain.shop import Shop
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import ActionsOf, PlatformActions, RefundReceipt, Refusal
from plugin.usecases.execute_refund import execute_refund
from plugin.usecases.plan_refund import plan_refund
from plugin.usecases.retry_refunds import queue_due_refunds, retry_refund, stop_refund
from tests.build import MERCHANT
from tests.support.demo_platform import DemoShop, open_demo_shop
from tests.support.refunding import ON_DELIVERY, PAID, booked, execute, grant, state, wait
from tests.support.refunds import everything_left, of, returned, withdrawn

SHOPIFY = "5400000001042"


@pytest.fixture
def shop(tmp_path: Path) -> DemoShop:
    return open_demo_shop(tmp_path, Platform.WOOCOMMERCE, PAID, ON_DELIVERY)


def test_a_granted_refund_is_kept_with_its_purpose_and_queued(shop: DemoShop) -> None:
    intent = grant(shop)
    assert intent == state(shop, intent.id)
    assert (intent.state, intent.purpose) == (RefundState.INTENT, "claim-7")
    assert shop.units.effects(MERCHANT) == [ExecuteRefund(MERCHANT, intent.id)]
    assert intent.total.presentment.minor == 4990
    assert booked(shop) == 0, "granting moves no money"


@pytest.mark.parametrize("number", [PAID, SHOPIFY])
def test_what_is_sent_is_settled_by_the_platforms_own_report_alone(tmp_path: Path, number: str) -> None:
    platform = Platform.SHOPIFY if number == SHOPIFY else Platform.WOOCOMMERCE
    shop = open_demo_shop(tmp_path, platform, number)
    intent = grant(shop, number=number)
    assert execute(shop, intent.id) == "sent"
    assert state(shop, intent.id).state is RefundState.SENT
    shop.drain()
    settled = state(shop, intent.id)
    assert settled.state is RefundState.SETTLED
    assert [refund.id for refund in shop.order(number).refunds] == [settled.platform_refund]
    assert open_to_refund(shop.order(number), [settled]) == shop.order(number).total - intent.total


def test_a_report_that_comes_again_or_after_others_makes_no_second_refund(shop: DemoShop) -> None:
    first, second = grant(shop), grant(shop)
    for intent in (first, second):
        execute(shop, intent.id)
    shop.drain()
    shop.drain()
    assert [state(shop, intent.id).state for intent in (first, second)] == [RefundState.SETTLED] * 2
    assert (booked(shop), len(shop.order(PAID).refunds), len(shop.units.of(MERCHANT).refunds)) == (2, 2, 2)


def test_running_twice_pays_once(shop: DemoShop) -> None:
    intent = grant(shop)
    assert [execute(shop, intent.id) for _ in range(3)] == ["sent", "sent", "sent"]
    shop.drain()
    assert execute(shop, intent.id) == "settled"
    assert booked(shop) == 1


def test_an_answer_that_is_lost_is_asked_for_again_and_nothing_is_paid_twice(shop: DemoShop) -> None:
    shop.books.trouble(shop.shop.id, Troubles(lost_answers=1, delays_reports=True))
    intent = grant(shop)
    assert execute(shop, intent.id) == "intent"
    assert state(shop, intent.id).may_have_moved
    wait(shop)
    assert execute(shop, intent.id) == "sent"
    assert booked(shop) == 1


def test_a_report_without_an_answer_settles_the_refund_and_nothing_is_sent_again(shop: DemoShop) -> None:
    shop.books.trouble(shop.shop.id, Troubles(lost_answers=1))
    intent = grant(shop)
    execute(shop, intent.id)
    shop.drain()
    assert state(shop, intent.id).state is RefundState.SETTLED
    wait(shop)
    assert execute(shop, intent.id) == "settled"
    assert booked(shop) == 1


def test_a_report_that_overtakes_the_answer_settles_at_once(shop: DemoShop) -> None:
    intent = grant(shop)
    quick = replace(shop.actions, deliver=lambda message, key: (shop.actions.deliver(message, key), shop.drain()))
    ended = execute_refund(
        intent.id, merchant=MERCHANT, units=shop.units, actions=lambda _shop: quick, now=shop.clock.now()
    )
    assert ended == "settled"
    assert state(shop, intent.id).state is RefundState.SETTLED


def test_nobody_there_means_later_and_later_then_parked_with_its_money_kept(shop: DemoShop) -> None:
    shop.books.trouble(shop.shop.id, Troubles(unavailable=1000))
    intent = grant(shop)
    waits = []
    while execute(shop, intent.id) == "intent":
        due = state(shop, intent.id).due_at
        assert due
        waits.append(due - shop.clock.now())
        assert execute(shop, intent.id) == "waiting", "not its turn yet"
        shop.clock.at = due
    assert waits == sorted(waits)
    assert len(waits) == 8
    parked = state(shop, intent.id)
    assert (parked.state, parked.code, parked.due_at) == (RefundState.FAILED, "unavailable", None)


def test_a_refused_refund_is_parked_with_its_reason_and_tried_again_by_a_person(shop: DemoShop) -> None:
    shop.books.trouble(shop.shop.id, Troubles(refusal=Refusal.WRONG_STATE))
    intent = grant(shop)
    assert execute(shop, intent.id) == "failed"
    assert state(shop, intent.id).code == Refusal.WRONG_STATE
    assert open_to_refund(shop.order(PAID), [state(shop, intent.id)]) == shop.order(PAID).total
    shop.books.trouble(shop.shop.id, Troubles())
    retry_refund(intent.id, merchant=MERCHANT, units=shop.units, now=wait(shop))
    assert shop.units.effects(MERCHANT).count(ExecuteRefund(MERCHANT, intent.id)) == 2
    assert execute(shop, intent.id) == "sent"


def test_a_refused_refund_is_not_tried_again_once_its_money_went_back_otherwise(shop: DemoShop) -> None:
    shop.books.trouble(shop.shop.id, Troubles(refusal=Refusal.WRONG_STATE))
    intent = grant(shop)
    execute(shop, intent.id)
    grant(shop, withdrawn(*everything_left(shop.order(PAID))))
    with pytest.raises(NothingToRefund):
        retry_refund(intent.id, merchant=MERCHANT, units=shop.units, now=wait(shop))


def test_a_refund_that_was_taken_back_is_never_sent(shop: DemoShop) -> None:
    intent = grant(shop)
    with shop.units(MERCHANT) as unit:
        stop_refund(intent.id, unit=unit, now=shop.clock.now())
        unit.commit()
    assert execute(shop, intent.id) == "failed"
    assert booked(shop) == 0
    grant(shop, withdrawn(*everything_left(shop.order(PAID))))


def test_a_worker_that_died_leaves_the_refund_to_the_next(shop: DemoShop) -> None:
    intent = grant(shop)
    dying = replace(shop.actions, deliver=_die)
    with pytest.raises(KeyboardInterrupt):
        execute_refund(
            intent.id, merchant=MERCHANT, units=shop.units, actions=lambda _shop: dying, now=shop.clock.now()
        )
    assert execute(shop, intent.id) == "waiting"
    now = wait(shop)
    assert queue_due_refunds(merchant=MERCHANT, units=shop.units, now=now) == 1
    assert execute(shop, intent.id) == "sent"
    shop.drain()
    assert (state(shop, intent.id).state, booked(shop)) == (RefundState.SETTLED, 1)


def _die(_message: object, _key: str) -> object:
    raise KeyboardInterrupt


def test_a_lost_job_is_queued_again_and_each_attempt_once(shop: DemoShop) -> None:
    grant(shop)
    shop.units.effects(MERCHANT).clear()
    for _ in range(3):
        queue_due_refunds(merchant=MERCHANT, units=shop.units, now=shop.clock.now())
    assert len(shop.units.effects(MERCHANT)) == 1


def test_a_refund_made_in_the_platforms_own_admin_stays_the_platforms(shop: DemoShop) -> None:
    intent = grant(shop)
    execute(shop, intent.id)
    shop.drain()
    with shop.units(MERCHANT) as unit:
        (known,) = shop.order(PAID).refunds
        theirs = replace(known, id="99", amount=shop.order(PAID).total - intent.total)
        stored = shop.stored(PAID)
        unit.orders.save([replace(stored, order=replace(stored.order, refunds=(known, theirs)))])
        unit.commit()
    with pytest.raises(NothingToRefund):
        grant(shop)


def test_a_refund_that_was_deleted_on_the_platform_is_reversed_by_a_row_of_its_own(shop: DemoShop) -> None:
    intent = grant(shop)
    execute(shop, intent.id)
    shop.drain()
    order = shop.order(PAID)
    page_held = shop.books.held(shop.shop.id, order.ref)
    with page_held as page:
        page.write(type(page.book)())
    grant_two = grant(shop)
    shop.clock.advance(timedelta(minutes=5))
    execute(shop, grant_two.id)
    shop.drain()
    rows = list(shop.units.of(MERCHANT).refunds.values())
    (reversal,) = [row for row in rows if row.reverses]
    assert reversal.reverses == intent.id
    assert len(shop.order(PAID).refunds) == 1
    assert open_to_refund(shop.order(PAID), rows) == order.total - grant_two.total


def test_a_shop_without_live_connection_parks_its_refunds(shop: DemoShop) -> None:
    with shop.units(MERCHANT) as unit:
        unit.shops.add(replace(shop.shop, id="plain", key="plain", name="plain", is_demo=False))  # type: ignore[arg-type]  # an id
        unit.orders.save([replace(shop.stored(PAID), id=OrderId("order-plain"), shop="plain", version=0)])  # type: ignore[arg-type]  # an id
        unit.commit()
    intent = _grant_plain(shop)
    assert execute(shop, intent.id) == "failed"
    assert state(shop, intent.id).code == Refusal.NOT_CONNECTED


def test_attempts_that_all_end_in_what_nobody_foresaw_are_parked_with_their_money_kept(shop: DemoShop) -> None:
    intent, dying = grant(shop), replace(shop.actions, deliver=_die)
    for _ in range(9):
        now = wait(shop)
        with pytest.raises(KeyboardInterrupt):
            execute_refund(intent.id, merchant=MERCHANT, units=shop.units, actions=lambda _shop: dying, now=now)
    wait(shop)
    assert execute(shop, intent.id) == "failed"
    parked = state(shop, intent.id)
    assert (parked.code, parked.may_have_moved, parked.due_at) == ("unexpected", True, None)
    retry_refund(intent.id, merchant=MERCHANT, units=shop.units, now=wait(shop))
    assert (execute(shop, intent.id), booked(shop)) == ("sent", 1)


def _let_go(_shop: Shop) -> PlatformActions:
    raise Rejected(Refusal.NOT_CONNECTED)


def _knows_no_such_order(_shop: Shop) -> PlatformActions:
    class Elsewhere:
        def refund(self, *_what: object, **_more: object) -> RefundReceipt:
            raise Rejected(Refusal.UNKNOWN_ORDER)

    return Elsewhere()  # type: ignore[return-value]  # nothing else is asked of it


@pytest.mark.parametrize("refusing", [_let_go, _knows_no_such_order])
def test_a_refusal_before_the_platform_looked_leaves_an_unanswered_attempt_in_doubt(
    shop: DemoShop, refusing: ActionsOf
) -> None:
    shop.books.trouble(shop.shop.id, Troubles(lost_answers=1, delays_reports=True))
    intent = grant(shop)
    assert execute(shop, intent.id) == "intent"
    now = wait(shop)
    assert execute_refund(intent.id, merchant=MERCHANT, units=shop.units, actions=refusing, now=now) == "failed"
    parked = state(shop, intent.id)
    assert parked.may_have_moved
    assert open_to_refund(shop.order(PAID), [parked]) == shop.order(PAID).total - intent.total
    shop.books.trouble(shop.shop.id, Troubles())
    retry_refund(intent.id, merchant=MERCHANT, units=shop.units, now=wait(shop))
    assert (execute(shop, intent.id), booked(shop)) == ("sent", 1)


def _grant_plain(shop: DemoShop) -> RefundIntent:
    request = returned(of(LineId(shop.order(PAID).lines[0].id)))
    with shop.units(MERCHANT) as unit:
        order = OrderId("order-plain")
        intent = plan_refund(request, order, purpose="c", unit=unit, ids=shop.ids, now=shop.clock.now())
        unit.commit()
    return intent
