"""Goodwill: a voucher is made by the platform once, parked with its reason, and its budget is kept to the cent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.errors import TooLateToUndo
from plugin.domain.claim.goodwill import GIFT, MONEY, VOUCHER
from plugin.domain.claim.machines.goodwill import GoodwillState
from plugin.domain.effects import SendVoucher
from plugin.domain.errors import Conflict
from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import Order, Platform, Price
from plugin.domain.refund.intent import STOPPED, RefundState
from plugin.domain.refund.request import NotRefundable
from plugin.domain.remedy import Remedy
from plugin.domain.shop import Shop
from plugin.ports.errors import Rejected
from plugin.ports.platform_actions import Capabilities, PlatformActions
from plugin.usecases.claim.give_goodwill import Gift, give_goodwill, take_back_goodwill
from plugin.usecases.claim.send_voucher import can_send_vouchers, send_voucher, send_voucher_again
from tests.build import MERCHANT, NOW, a_refund
from tests.support.claim_desk import KAJA, ClaimDesk, asked, give_voucher
from tests.support.demo_platform import open_demo_shop

FIVE = Money(500, "EUR")
ORDER, LINE = "3005", "9008"


@pytest.fixture
def desk(tmp_path: Path) -> ClaimDesk:
    desk = ClaimDesk(open_demo_shop(tmp_path, Platform.WOOCOMMERCE, ORDER))
    desk.deliver(ORDER)
    return desk


@pytest.fixture
def claim(desk: ClaimDesk) -> Claim:
    return desk.open(ORDER, asked(LINE, 1, "logistics.lost", Remedy.REPLACEMENT))


def given(desk: ClaimDesk) -> Money:
    with desk.shop.units.read(MERCHANT) as unit:
        return unit.claim_desk.goodwill(KAJA.id, desk.shop.clock.now().date(), "EUR")


def issued(desk: ClaimDesk) -> list[str]:
    book = desk.shop.books.read(desk.shop.shop.id, desk.shop.stored(ORDER).order.ref)
    return [str(deed) for deed in book.deeds if "credit" in str(deed)]


class Refusing:
    """A platform that gives no credit until it is told to."""

    def __init__(self, desk: ClaimDesk) -> None:
        self.desk, self.refuses = desk, True

    def __call__(self, shop: Shop) -> PlatformActions:
        actions = self.desk.shop.actions_of(shop)
        if self.refuses:
            raise Rejected("not_connected")
        return actions


def test_a_voucher_is_made_once_and_its_code_is_on_the_claim(desk: ClaimDesk, claim: Claim) -> None:
    (voucher,) = give_voucher(desk, claim, FIVE).goodwill
    assert (voucher.state, voucher.by, given(desk)) == (GoodwillState.SENDING, KAJA.id, FIVE)
    desk.work()
    (made,) = desk.now(claim).goodwill
    assert made.state is GoodwillState.SENT
    assert made.detail
    assert len(issued(desk)) == 1
    now = desk.shop.clock.now()
    assert send_voucher(claim.id, 1, desk=desk.desk, actions=desk.shop.actions_of, now=now) == "sent"
    assert len(issued(desk)) == 1


@pytest.mark.parametrize("is_alone", [False, True])
def test_a_voucher_is_good_beside_other_codes_unless_the_merchant_says_otherwise(
    desk: ClaimDesk, claim: Claim, *, is_alone: bool
) -> None:
    give_voucher(desk, claim, FIVE)
    with desk.shop.units(MERCHANT) as unit:
        unit.claim_desk.save_settings(replace(unit.claim_desk.settings(), vouchers_alone=is_alone), NOW)
        unit.commit()
    desk.work()
    (made,) = issued(desk)
    assert ("500 EUR alone" in made) is is_alone


def test_what_the_platform_refuses_waits_with_its_reason_and_is_tried_again(desk: ClaimDesk, claim: Claim) -> None:
    give_voucher(desk, claim, FIVE)
    desk.forget(SendVoucher)
    platform, now = Refusing(desk), desk.shop.clock.now()
    assert send_voucher(claim.id, 1, desk=desk.desk, actions=platform, now=now) == "failed"
    (parked,) = desk.now(claim).goodwill
    assert (parked.detail, given(desk)) == ("not_connected", FIVE)
    send_voucher_again(claim.id, 1, by=KAJA, desk=desk.desk, now=now)
    desk.work()
    assert desk.now(claim).goodwill[0].state is GoodwillState.SENT
    with pytest.raises(Conflict):
        send_voucher_again(claim.id, 1, by=KAJA, desk=desk.desk, now=now)


def test_a_voucher_that_failed_is_taken_back_into_its_budget_and_one_that_left_is_not(
    desk: ClaimDesk, claim: Claim
) -> None:
    give_voucher(desk, claim, FIVE, budget=Money(1000, "EUR"))
    with pytest.raises(TooLateToUndo):
        take_back_goodwill(claim.id, 1, by=KAJA, desk=desk.desk, now=desk.shop.clock.now())
    desk.forget(SendVoucher)
    send_voucher(claim.id, 1, desk=desk.desk, actions=Refusing(desk), now=desk.shop.clock.now())
    taken = take_back_goodwill(claim.id, 1, by=KAJA, desk=desk.desk, now=desk.shop.clock.now())
    assert taken.goodwill[0].state is GoodwillState.TAKEN_BACK
    assert given(desk) == Money.zero("EUR")
    with pytest.raises(TooLateToUndo):
        take_back_goodwill(claim.id, 1, by=KAJA, desk=desk.desk, now=desk.shop.clock.now())
    assert given(desk) == Money.zero("EUR")


def test_money_beyond_what_the_order_has_left_is_refused_and_leaves_the_budget_whole(
    desk: ClaimDesk, claim: Claim
) -> None:
    give_voucher(desk, claim, FIVE, budget=Money(2000, "EUR"))
    stored, four = desk.shop.stored(ORDER), Money(400, "EUR")
    gone = a_refund("r1", line=None, amount=stored.order.total - Price(four, four))
    with desk.shop.units(MERCHANT) as unit:
        unit.orders.save([replace(stored, order=replace(stored.order, refunds=(gone,)))])
        unit.commit()
    give = {"by": KAJA, "seen": desk.now(claim).version, "desk": desk.desk, "now": desk.shop.clock.now()}
    with pytest.raises(NotRefundable) as refused:
        give_goodwill(claim.id, Gift(MONEY, FIVE, LineId(LINE)), **give)  # type: ignore[arg-type]  # said once for both
    assert (refused.value.facts["left"], given(desk), desk.now(claim).refunds) == (four.minor, FIVE, ())
    changed = give_goodwill(claim.id, Gift(MONEY, four, LineId(LINE)), **give)  # type: ignore[arg-type]  # the same
    assert [refund.total for refund in changed.refunds] == [four]


def test_a_gift_and_money_that_has_not_left_are_taken_back_too(desk: ClaimDesk, claim: Claim) -> None:
    give_voucher(desk, claim, FIVE, budget=Money(2000, "EUR"))
    for gift in (Gift(GIFT, FIVE, detail="A mug"), Gift(MONEY, FIVE, LineId(LINE))):
        seen, now = desk.now(claim).version, desk.shop.clock.now()
        give_goodwill(claim.id, gift, by=KAJA, seen=seen, desk=desk.desk, now=now)
    assert given(desk) == Money(1500, "EUR")
    for no in (2, 3):
        take_back_goodwill(claim.id, no, by=KAJA, desk=desk.desk, now=desk.shop.clock.now())
    assert given(desk) == FIVE
    (refund,) = desk.now(claim).refunds
    assert (refund.state, refund.detail) == (RefundState.FAILED, STOPPED)
    desk.work()
    assert desk.now(claim).refunds[0].detail == STOPPED


def test_money_that_has_left_stays_given(desk: ClaimDesk, claim: Claim) -> None:
    give_voucher(desk, claim, FIVE, budget=Money(2000, "EUR"))
    gift, seen = Gift(MONEY, FIVE, LineId(LINE)), desk.now(claim).version
    give_goodwill(claim.id, gift, by=KAJA, seen=seen, desk=desk.desk, now=desk.shop.clock.now())
    desk.work()
    with pytest.raises(TooLateToUndo):
        take_back_goodwill(claim.id, 2, by=KAJA, desk=desk.desk, now=desk.shop.clock.now())
    assert given(desk) == Money(1000, "EUR")
    assert desk.now(claim).goodwill[1].state is GoodwillState.GIVEN


def test_a_voucher_with_its_code_needs_no_platform(desk: ClaimDesk, claim: Claim) -> None:
    give_voucher(desk, claim, FIVE, budget=Money(2000, "EUR"))
    before = len(desk.shop.units.effects(MERCHANT))
    gift, seen = Gift(VOUCHER, FIVE, detail="THANKS-5"), desk.now(claim).version
    changed = give_goodwill(claim.id, gift, by=KAJA, seen=seen, desk=desk.desk, now=desk.shop.clock.now())
    assert (changed.goodwill[1].state, changed.goodwill[1].detail) == (GoodwillState.GIVEN, "THANKS-5")
    assert len(desk.shop.units.effects(MERCHANT)) == before


def test_whether_the_platform_makes_vouchers_is_asked_before_one_is_given(desk: ClaimDesk, claim: Claim) -> None:
    class Bare:
        def capabilities(self, order: Order) -> Capabilities:
            del order
            return Capabilities()

    assert can_send_vouchers(claim.id, desk=desk.desk, actions=desk.shop.actions_of)
    assert not can_send_vouchers(claim.id, desk=desk.desk, actions=lambda _: Bare())  # type: ignore[arg-type,return-value]  # the one call it takes
    assert not can_send_vouchers(claim.id, desk=desk.desk, actions=Refusing(desk))
