"""What came back fit for sale is put into the platform's stock once it is final, once, and apart from any money."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from plugin.demo.platform.books import Deed
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import disposing, returning, withdrawing
from plugin.domain.claim.machines.goods import Disposition, InspectionState
from plugin.domain.claim.vocabulary import ClaimTrack
from plugin.domain.effects import RestockGoods
from plugin.domain.order import Platform
from plugin.ports.platform_actions import Refusal
from plugin.usecases.claim.wake import wake_claims
from tests.build import MERCHANT
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.claims import AGENT
from tests.support.demo_platform import open_demo_shop
from tests.support.refunding import PAID

LANTERN = "9002"
_D = Disposition
_NOT_ON_SALE = [each for each in Disposition if each not in {_D.RESTOCK, _D.UNDECIDED}]


@pytest.fixture
def desk(tmp_path: Path) -> ClaimDesk:
    desk = ClaimDesk(open_demo_shop(tmp_path, Platform.WOOCOMMERCE, PAID))
    desk.deliver(PAID)
    return desk


@pytest.fixture
def claim(desk: ClaimDesk) -> Claim:
    claim = desk.open(PAID, asked(LANTERN, 2), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    return desk.act(claim, lambda known: withdrawing.settle(known, was_sent=True))


def received(desk: ClaimDesk, claim: Claim, quantity: int = 2) -> Claim:
    return desk.act(claim, lambda known: returning.receive(known, 1, quantity, AGENT))


def disposed(desk: ClaimDesk, claim: Claim, to: Disposition, *, is_final: bool = True) -> Claim:
    desk.act(claim, lambda known: disposing.dispose(known, 1, to, AGENT, is_final=is_final))
    desk.work()
    return desk.now(claim)


def put_back(desk: ClaimDesk) -> list[Deed]:
    book = desk.shop.books.read(desk.shop.shop.id, desk.shop.order(PAID).ref)
    return [deed for deed in book.deeds if deed.kind == "restock"]


def test_final_goods_are_in_stock_again_by_units_under_a_key_of_their_line(desk: ClaimDesk, claim: Claim) -> None:
    received(desk, claim, 1)
    after = disposed(desk, claim, _D.RESTOCK)
    assert [(deed.detail, deed.key) for deed in put_back(desk)] == [(f"1x{LANTERN}", f"restock:{claim.id}:1")]
    assert [(line.no, line.restock) for line in after.lines] == [(1, "restocked"), (2, None)]


def test_until_it_is_final_nothing_is_put_back_whatever_was_said_before(desk: ClaimDesk, claim: Claim) -> None:
    received(desk, claim)
    for to in (_D.RESTOCK, _D.REFURBISH, _D.RESTOCK):
        disposed(desk, claim, to, is_final=False)
    assert put_back(desk) == []
    disposed(desk, claim, _D.RESTOCK)
    desk.act(claim, lambda known: returning.inspect(known, 1, InspectionState.AS_SENT, AGENT))
    desk.work()
    assert len(put_back(desk)) == 1


@pytest.mark.parametrize("to", _NOT_ON_SALE)
def test_goods_that_become_anything_else_are_never_put_back(desk: ClaimDesk, claim: Claim, to: Disposition) -> None:
    received(desk, claim)
    disposed(desk, claim, _D.RESTOCK, is_final=False)
    disposed(desk, claim, to)
    assert put_back(desk) == []


@pytest.mark.parametrize("found", [InspectionState.EMPTY, InspectionState.OTHER_ITEM])
def test_nothing_is_put_back_that_is_not_there(desk: ClaimDesk, claim: Claim, found: InspectionState) -> None:
    received(desk, claim)
    desk.act(claim, lambda known: returning.inspect(known, 1, found, AGENT))
    disposed(desk, claim, _D.RESTOCK)
    assert put_back(desk) == []


def test_goods_on_their_way_are_put_back_when_they_have_come(desk: ClaimDesk, claim: Claim) -> None:
    disposed(desk, claim, _D.RESTOCK)
    assert put_back(desk) == []
    received(desk, claim)
    desk.work()
    assert len(put_back(desk)) == 1


def test_a_refund_restocks_nothing_by_itself(desk: ClaimDesk, claim: Claim) -> None:
    received(desk, claim)
    desk.work()
    refunds = desk.shop.books.read(desk.shop.shop.id, desk.shop.order(PAID).ref).refunds
    assert [refund.restocked for refund in refunds] == [False]
    assert put_back(desk) == []


def test_what_the_platform_refuses_waits_for_a_person(desk: ClaimDesk, claim: Claim) -> None:
    received(desk, claim)
    desk.work()
    troubles = desk.shop.books.troubles(desk.shop.shop.id)
    desk.shop.books.trouble(desk.shop.shop.id, msgspec.structs.replace(troubles, refusal=Refusal.WRONG_STATE))
    after = disposed(desk, claim, _D.RESTOCK)
    assert (after.line(1).restock, after.needs_person) == (Refusal.WRONG_STATE, True)


def test_a_lost_job_leaves_it_to_a_person_an_hour_later_and_once(desk: ClaimDesk, claim: Claim) -> None:
    received(desk, claim)
    desk.work()
    desk.act(claim, lambda known: disposing.dispose(known, 1, _D.RESTOCK, AGENT, is_final=True))
    desk.forget(RestockGoods)
    waking = [
        wake_claims(desk=desk.desk, now=desk.shop.clock.now() + timedelta(minutes=minutes)) for minutes in (59, 61, 62)
    ]
    assert waking == [0, 1, 0]
    after = desk.now(claim)
    assert (after.line(1).restock, after.needs_person) == ("unavailable", True)
    assert RestockGoods(MERCHANT, claim.id, 1) not in desk.shop.units.effects(MERCHANT)
