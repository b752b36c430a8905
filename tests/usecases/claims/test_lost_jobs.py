"""What a lost job was to tell a claim is told by the clock, once, and never out of its turn."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import returning, withdrawing
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.vocabulary import ENGINE, ClaimTrack
from plugin.domain.effects import FollowBatch, FollowLabel, SendClaimLink
from plugin.domain.ids import LabelId
from plugin.domain.order import Platform
from plugin.domain.returning.label import LabelledLine
from plugin.usecases.claim.catch_up_goods import catch_up_goods
from plugin.usecases.claim.follow_label import follow_label
from plugin.usecases.close_batches import close_batch, dispatch_batch, receive_batch
from plugin.usecases.request_claim_link import request_claim_link
from plugin.usecases.resend_links import resend_links
from tests.build import MERCHANT, a_policy
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.claims import AGENT
from tests.support.demo_platform import open_demo_shop
from tests.support.refunding import PAID
from tests.support.returning import HOME, HUB, a_label

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path) -> ClaimDesk:
    desk = ClaimDesk(open_demo_shop(tmp_path, Platform.WOOCOMMERCE, PAID))
    desk.deliver(PAID)
    with desk.shop.units(MERCHANT) as unit:
        unit.policies.add(a_policy(return_addresses=(HOME, HUB)))
        unit.commit()
    return desk


@pytest.fixture
def claim(desk: ClaimDesk) -> Claim:
    claim = desk.open(PAID, asked("9002", 2), track=ClaimTrack.WITHDRAWAL)
    desk.act(claim, lambda _: withdrawing.acknowledge("mail-1"))
    return desk.act(claim, lambda known: withdrawing.settle(known, was_sent=True))


def caught_up(desk: ClaimDesk, at: datetime | None = None) -> int:
    at = at or desk.shop.clock.now() + HOUR
    count = catch_up_goods(merchant=MERCHANT, units=desk.shop.units, now=at)
    desk.work()
    return count


def labelled(desk: ClaimDesk, claim: Claim, label: str = "label1", *, replaces: str | None = None) -> None:
    """A label for the claim's goods is issued, and the job that was to tell the claim is lost."""
    goods = (LabelledLine(claim.line(1).order_line, 2),)
    now = desk.shop.clock.now()
    facts = {"claim": claim.id, "order": claim.order, "lines": goods, "due_at": None, "changed_at": now}
    with desk.shop.units(MERCHANT) as unit:
        old = LabelId(replaces) if replaces else None
        unit.labels.save([a_label(label, replaces=old, **facts).issued(None, None, None, now)])
        unit.commit()


def expired(desk: ClaimDesk, label: str = "label1") -> None:
    with desk.shop.units(MERCHANT) as unit:
        unit.labels.save([unit.labels.get(LabelId(label)).expired(desk.shop.clock.now())])
        unit.commit()


def told(desk: ClaimDesk, label: str = "label1") -> None:
    follow_label(LabelId(label), desk=desk.desk, now=desk.shop.clock.now())


def queued(desk: ClaimDesk, kind: type[object]) -> int:
    return sum(isinstance(effect, kind) for effect in desk.shop.units.effects(MERCHANT))


@pytest.mark.parametrize("is_there", [False, True])
def test_a_batch_whose_news_was_lost_is_told_again_and_once(desk: ClaimDesk, claim: Claim, *, is_there: bool) -> None:
    desk.act(claim, lambda known: returning.move_return(known, 1, ReturnState.AT_HUB, AGENT, HUB.id))
    desk.work()
    units, now = desk.shop.units, desk.shop.clock.now()
    (batch,) = units.of(MERCHANT).batches
    close_batch(batch, merchant=MERCHANT, units=units, now=now)
    dispatch_batch(batch, "JJD0001", merchant=MERCHANT, units=units, now=now)
    if is_there:
        receive_batch(batch, merchant=MERCHANT, units=units, now=now)
    desk.forget(FollowBatch)
    assert caught_up(desk, now + timedelta(minutes=10)) == 0, "its own job may still be tried"
    assert caught_up(desk) == 1
    assert desk.now(claim).line(1).leg is (ReturnState.RECEIVED if is_there else ReturnState.IN_TRANSIT)
    assert caught_up(desk) == 0


def test_a_label_whose_news_was_lost_is_told_years_later(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim)
    assert caught_up(desk, desk.shop.clock.now() + 20_000 * HOUR) == 1
    assert queued(desk, FollowLabel) == 1
    told(desk)
    assert desk.now(claim).line(1).leg is ReturnState.LABEL_ISSUED
    assert caught_up(desk) == 0


def test_a_label_that_ran_out_before_anybody_was_told_of_it_is_no_news(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim)
    expired(desk)
    told(desk)
    assert desk.now(claim).line(1).leg is ReturnState.AWAITED
    assert caught_up(desk) == 0


def test_late_news_of_an_old_label_takes_the_new_one_from_nobody(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim)
    told(desk)
    expired(desk)
    labelled(desk, claim, "label2", replaces="label1")
    told(desk, "label2")
    told(desk)
    line = desk.now(claim).line(1)
    assert (line.leg, line.leg_detail) == (ReturnState.LABEL_ISSUED, "label2")
    assert caught_up(desk) == 0


def test_goods_that_are_on_their_way_need_no_label_any_more(desk: ClaimDesk, claim: Claim) -> None:
    labelled(desk, claim)
    desk.act(claim, lambda known: returning.move_return(known, 1, ReturnState.SENT, ENGINE, "RM1GB"))
    assert caught_up(desk) == 0


def test_a_wish_for_a_link_is_queued_again_until_somebody_took_it(desk: ClaimDesk) -> None:
    shop, now = desk.shop, desk.shop.clock.now()
    request_claim_link("ida@example.com", "de", "192.0.2.1", shop.shop, units=shop.units, ids=shop.ids, now=now)
    desk.forget(SendClaimLink)
    resent = [resend_links(merchant=MERCHANT, units=shop.units, now=now + timedelta(minutes=m)) for m in (10, 20, 30)]
    assert resent == [0, 1, 1]
    assert queued(desk, SendClaimLink) == 1, "once an hour"
    (wish,) = shop.units.of(MERCHANT).link_requests
    with shop.units(MERCHANT) as unit:
        unit.link_requests.take(wish)
        unit.commit()
    assert resend_links(merchant=MERCHANT, units=shop.units, now=now + 2 * HOUR) == 0
