"""Money that cannot go back the way it came: the shopper says where, the merchant's bank pays, the platform records."""

from dataclasses import replace
from pathlib import Path

import pytest

from plugin.demo.platform.books import Troubles
from plugin.domain.order import Platform
from plugin.domain.refund.intent import Means, NotInThatState, RefundState
from plugin.domain.refund.payee import BankAccount
from plugin.ports.platform_actions import Refusal
from plugin.usecases.pay_out import list_payouts, record_paid_out, take_payee
from tests.build import MERCHANT
from tests.support.demo_platform import DemoShop, open_demo_shop
from tests.support.refunding import ON_DELIVERY, PAID, execute, grant, state, wait

ACCOUNT = BankAccount.parse("Ida Holm", "DE89 3704 0044 0532 0130 00")


@pytest.fixture
def shop(tmp_path: Path) -> DemoShop:
    return open_demo_shop(tmp_path, Platform.WOOCOMMERCE, PAID, ON_DELIVERY)


def test_cash_on_delivery_waits_for_an_account_and_is_paid_by_a_file(shop: DemoShop) -> None:
    _deliver(shop)
    intent = grant(shop, number=ON_DELIVERY)
    assert execute(shop, intent.id) == "needs_shopper_data"
    waiting = state(shop, intent.id)
    assert (waiting.code, waiting.means) == ("cash_on_delivery", Means.PAYOUT)
    assert list_payouts([intent.id], merchant=MERCHANT, units=shop.units) == ()
    take_payee(intent.id, ACCOUNT, merchant=MERCHANT, units=shop.units)
    (payout,) = list_payouts([intent.id], merchant=MERCHANT, units=shop.units)
    assert (payout.payee, payout.amount, payout.reference) == (ACCOUNT, intent.total.presentment, intent.id)
    assert record_paid_out([intent.id], merchant=MERCHANT, units=shop.units, now=wait(shop)) == 1
    with pytest.raises(NotInThatState):
        record_paid_out([intent.id], merchant=MERCHANT, units=shop.units, now=wait(shop))
    assert execute(shop, intent.id) == "sent"
    shop.drain()
    assert state(shop, intent.id).state is RefundState.SETTLED
    (recorded,) = shop.books.read(shop.shop.id, shop.order(ON_DELIVERY).ref).refunds
    assert not recorded.is_online


def test_a_dead_card_asks_the_shopper_where_the_money_goes(shop: DemoShop) -> None:
    shop.books.trouble(shop.shop.id, Troubles(refusal=Refusal.PAYMENT_CLOSED))
    intent = grant(shop)
    assert execute(shop, intent.id) == "needs_shopper_data"
    assert state(shop, intent.id).code == Refusal.PAYMENT_CLOSED
    take_payee(intent.id, ACCOUNT, merchant=MERCHANT, units=shop.units)


def test_no_account_is_taken_for_a_refund_that_goes_the_way_it_came(shop: DemoShop) -> None:
    intent = grant(shop)
    with pytest.raises(NotInThatState):
        take_payee(intent.id, ACCOUNT, merchant=MERCHANT, units=shop.units)


def _deliver(shop: DemoShop) -> None:
    with shop.units(MERCHANT) as unit:
        stored = shop.stored(ON_DELIVERY)
        unit.orders.save([replace(stored, order=replace(stored.order, completed=stored.order.placed))])
        unit.commit()
