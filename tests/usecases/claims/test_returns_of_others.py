"""What others agreed to on the shop's platform stands; of two attempts at once the later one has the word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.demo.platform.books import BookedReturn
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import conversing, deciding
from plugin.domain.shop import Shop
from plugin.ports.platform_actions import PlatformActions, Refusal
from plugin.usecases.claim.keep_return import KeepingMeans, keep_return
from plugin.usecases.claim.return_course import Course
from tests.build import MERCHANT
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.claims import AGENT, REFUSAL
from tests.usecases.claims.test_kept_returns import FAULTY, NUMBER, approve, books, row, the_one
from tests.usecases.claims.test_kept_returns import claim as claim  # noqa: PLC0414 - a fixture
from tests.usecases.claims.test_kept_returns import desk as desk  # noqa: PLC0414 - a fixture
from tests.usecases.claims.test_kept_stock import write


def reject(desk: ClaimDesk, claim: Claim, no: int = 1) -> None:
    desk.act(claim, lambda known: deciding.reject(known, no, 1, REFUSAL, "Not ours.", AGENT))
    desk.work()


def test_goodwill_after_a_refusal_is_left_alone(desk: ClaimDesk, claim: Claim) -> None:
    reject(desk, claim)
    goodwill = BookedReturn("77", "", "open", the_one(desk).lines)
    write(desk, the_one(desk), goodwill)
    desk.act(claim, lambda _: conversing.note("They called.", AGENT))
    desk.work()
    assert [each.status for each in books(desk)] == ["declined", "open"]
    assert "77" not in row(desk, claim).returns


def test_a_new_request_after_a_refusal_is_not_declined_by_it(desk: ClaimDesk, claim: Claim) -> None:
    reject(desk, claim)
    write(desk, the_one(desk), BookedReturn("77", "", "requested", the_one(desk).lines))
    desk.act(claim, lambda _: conversing.note("They asked again.", AGENT))
    desk.work()
    assert [each.status for each in books(desk)] == ["declined", "requested"]


def test_an_open_return_that_staff_made_outlives_the_claims_refusal_and_that_is_told(desk: ClaimDesk) -> None:
    line = desk.shop.order(NUMBER).lines[0].id
    write(desk, BookedReturn("77", "", "open", ((line, 1),)))
    claim = desk.open(NUMBER, asked(line, 1, FAULTY))
    desk.work()
    reject(desk, claim)
    assert (the_one(desk).status, the_one(desk).lines) == ("open", ((line, 1),))
    assert (row(desk, claim).returns, row(desk, claim).code) == (("77",), Refusal.WRONG_STATE)


def test_a_request_that_a_claim_joined_is_declined_with_it(desk: ClaimDesk) -> None:
    line = desk.shop.order(NUMBER).lines[0].id
    write(desk, BookedReturn("77", "", "requested", ((line, 1),)))
    claim = desk.open(NUMBER, asked(line, 1, FAULTY))
    desk.work()
    reject(desk, claim)
    assert the_one(desk).status == "declined"


def test_a_refused_line_is_not_taken_out_of_what_staff_opened(desk: ClaimDesk) -> None:
    first, second = (line.id for line in desk.shop.order(NUMBER).lines)
    claim = desk.open(NUMBER, asked(first, 1, FAULTY), asked(second, 1, FAULTY))
    desk.act(claim, lambda known: deciding.reject(known, 2, 1, REFUSAL, "It was worn.", AGENT))
    write(desk, BookedReturn("77", "", "open", ((first, 1), (second, 1))))
    desk.work()
    approve(desk, claim)
    assert (the_one(desk).status, the_one(desk).lines) == ("open", ((first, 1), (second, 1)))


def test_two_claims_at_once_do_not_join_one_return(desk: ClaimDesk) -> None:
    line = desk.shop.order(NUMBER).lines[0].id
    write(desk, BookedReturn("77", "", "open", ((line, 1),)))
    other = desk.open(NUMBER, asked(desk.shop.order(NUMBER).lines[1].id, 1, FAULTY), draft="draft2")
    desk.work()
    claim = desk.open(NUMBER, asked(line, 1, FAULTY))

    def raced(shop: Shop) -> PlatformActions:
        with desk.shop.units(MERCHANT) as unit:
            unit.kept_returns.save(replace(row(desk, other), returns=("77",)))
            unit.commit()
        return desk.shop.actions_of(shop)

    keep_return(claim.id, desk=desk.desk, means=KeepingMeans(raced), now=desk.shop.clock.now())
    assert "77" not in row(desk, claim).returns


def test_a_return_is_the_claims_before_anything_is_done_to_it(desk: ClaimDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    line = desk.shop.order(NUMBER).lines[0].id
    write(desk, BookedReturn("77", "", "open", ((line, 1),)))
    claim = desk.open(NUMBER, asked(line, 1, FAULTY))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Course, "run", killed)
    with pytest.raises(KeyboardInterrupt):
        desk.work()
    assert row(desk, claim).returns == ("77",)


def test_an_attempt_that_outlived_its_lease_adds_its_returns_and_nothing_else(desk: ClaimDesk, claim: Claim) -> None:
    approve(desk, claim)
    desk.act(claim, lambda _: conversing.note("Look.", AGENT))
    now, mine = desk.shop.clock.now(), row(desk, claim).returns
    with desk.shop.units(MERCHANT) as unit:
        unit.kept_returns.save(replace(row(desk, claim), said=""))
        unit.commit()

    def overtaken(shop: Shop) -> PlatformActions:
        with desk.shop.units(MERCHANT) as unit:
            other = replace(row(desk, claim), returns=("99",)).begun(now)
            unit.kept_returns.save(other)
            unit.commit()
        return desk.shop.actions_of(shop)

    keep_return(claim.id, desk=desk.desk, means=KeepingMeans(overtaken), now=now)
    after = row(desk, claim)
    assert after.is_at_work(now), "the other one is not done"
    assert after.returns == ("99", *mine)


def test_attempts_that_all_end_in_what_nobody_foresaw_wait_for_the_claim_to_move_on(
    desk: ClaimDesk, claim: Claim
) -> None:
    def broken(_shop: Shop) -> PlatformActions:
        raise RuntimeError("an answer like no other")

    desk.act(claim, lambda known: deciding.reject(known, 1, 1, REFUSAL, "Not ours.", AGENT))
    means = KeepingMeans(broken)
    for _ in range(9):
        with pytest.raises(RuntimeError):
            keep_return(claim.id, desk=desk.desk, means=means, now=desk.shop.clock.now())
        desk.shop.clock.advance(timedelta(minutes=11))
    assert keep_return(claim.id, desk=desk.desk, means=means, now=desk.shop.clock.now()) == "unexpected"
    assert (row(desk, claim).code, row(desk, claim).due_at) == ("unexpected", None)
