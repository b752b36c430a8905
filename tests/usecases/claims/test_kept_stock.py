"""What a claim says of its goods in stock is what the shop's platform did, line by line, and nothing it did not do."""

from __future__ import annotations

import msgspec

from plugin.demo.platform.books import BookedReturn
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands import deciding, disposing, returning
from plugin.domain.claim.machines.goods import Disposition
from plugin.domain.claim.plans import usual_plan
from plugin.domain.remedy import Remedy
from plugin.domain.returning.outcome import Outcome
from plugin.ports.platform_actions import Refusal
from plugin.ports.platform_returns import Disposed
from tests.support.claim_desk import ClaimDesk, asked
from tests.support.claims import AGENT
from tests.usecases.claims.test_kept_returns import FAULTY, NUMBER, approve, books, dispose, receive, row, the_one
from tests.usecases.claims.test_kept_returns import claim as claim  # noqa: PLC0414 - a fixture
from tests.usecases.claims.test_kept_returns import desk as desk  # noqa: PLC0414 - a fixture


def write(desk: ClaimDesk, *kept: BookedReturn) -> None:
    """The shop's staff have their way with the order's returns."""
    with desk.shop.books.held(desk.shop.shop.id, desk.shop.order(NUMBER).ref) as page:
        page.write(msgspec.structs.replace(page.book, returns=kept))


def deeds(desk: ClaimDesk) -> list[str]:
    return [each.kind for each in desk.shop.books.read(desk.shop.shop.id, desk.shop.order(NUMBER).ref).deeds]


def test_goods_in_a_request_that_is_not_the_claims_to_decide_are_left_to_a_person(desk: ClaimDesk) -> None:
    first, second = (line.id for line in desk.shop.order(NUMBER).lines)
    write(desk, BookedReturn("77", "", "requested", ((first, 1), (second, 1))))
    claim = desk.open(NUMBER, asked(first, 1, FAULTY))
    desk.work()
    assert row(desk, claim).code is None, "nobody has decided"
    approve(desk, claim)
    assert (the_one(desk).status, row(desk, claim).code) == ("requested", Refusal.WRONG_STATE)
    receive(desk, claim)
    after = dispose(desk, claim, Disposition.RESTOCK)
    assert (the_one(desk).disposed, after.line(1).restock) == ((), Refusal.WRONG_STATE)


def test_a_return_that_staff_closed_without_a_word_on_stock_is_told_of_it(desk: ClaimDesk, claim: Claim) -> None:
    approve(desk, claim)
    receive(desk, claim)
    write(desk, msgspec.structs.replace(the_one(desk), status="closed", handled=the_one(desk).lines))
    after = dispose(desk, claim, Disposition.RESTOCK)
    assert [outcome for _, outcome, _ in the_one(desk).disposed] == ["restocked"]
    assert (the_one(desk).status, after.line(1).restock) == ("closed", "restocked")


def test_what_staff_said_of_the_goods_stands_and_is_no_restocking(desk: ClaimDesk, claim: Claim) -> None:
    approve(desk, claim)
    receive(desk, claim)
    line = claim.line(1).order_line
    write(desk, msgspec.structs.replace(the_one(desk), status="closed", disposed=((line, "missing", 1),)))
    assert dispose(desk, claim, Disposition.RESTOCK).line(1).restock == Refusal.MORE_THAN_LEFT
    assert row(desk, claim).code == Refusal.MORE_THAN_LEFT


def test_goods_of_a_return_that_was_cancelled_after_the_refund_go_into_stock_without_one(
    desk: ClaimDesk, claim: Claim
) -> None:
    approve(desk, claim)
    receive(desk, claim)
    write(desk, msgspec.structs.replace(the_one(desk), status="canceled"))
    after = dispose(desk, claim, Disposition.RESTOCK)
    assert (deeds(desk), after.line(1).restock) == (["restock"], "restocked")
    assert (the_one(desk).disposed, row(desk, claim).code) == ((), None)


def test_goods_that_no_return_could_be_opened_for_go_into_stock_without_one(desk: ClaimDesk) -> None:
    line = desk.shop.order(NUMBER).lines[0]
    write(desk, BookedReturn("77", "", "closed", ((line.id, line.quantity),)))
    claim = desk.open(NUMBER, asked(line.id, 1, FAULTY))
    approve(desk, claim)
    assert row(desk, claim).code == Refusal.MORE_THAN_LEFT
    receive(desk, claim)
    assert desk.now(claim).line(1).is_final, "the money went back"
    assert row(desk, claim).code == Refusal.WRONG_STATE, "and there is still no return"
    after = dispose(desk, claim, Disposition.RESTOCK)
    assert (deeds(desk), after.line(1).restock) == (["restock"], "restocked")


def test_goods_that_are_in_no_return_and_of_no_stock_are_said_to_be_so(desk: ClaimDesk, claim: Claim) -> None:
    approve(desk, claim)
    receive(desk, claim)
    write(desk, msgspec.structs.replace(the_one(desk), status="canceled"))
    assert dispose(desk, claim, Disposition.RECYCLE).line(1).restock is None
    assert (deeds(desk), row(desk, claim).code) == ([], Refusal.WRONG_STATE), "the return does not say it came"


def test_a_refusal_is_of_its_own_line_and_the_other_is_in_stock(desk: ClaimDesk) -> None:
    lines = [line.id for line in desk.shop.order(NUMBER).lines]
    claim = desk.open(NUMBER, *(asked(line, 1, FAULTY) for line in lines))
    for no in (1, 2):
        plan = usual_plan(Remedy.REFUND, claim.line(no).judged)
        desk.act(claim, lambda known: deciding.approve(known, no, 1, plan, AGENT))  # noqa: B023 - called at once
    desk.work()
    missing = (Disposed(lines[1], 1, Outcome.MISSING),)
    desk.shop.actions.dispose(desk.shop.order(NUMBER), the_one(desk).id, missing, idempotency_key="staff")
    for no in (1, 2):
        desk.act(claim, lambda known: returning.receive(known, no, 1, AGENT))  # noqa: B023 - called at once
        desk.act(claim, lambda known: disposing.dispose(known, no, Disposition.RESTOCK, AGENT, is_final=True))  # noqa: B023 - called at once
    desk.work()
    assert [line.restock for line in desk.now(claim).lines] == ["restocked", Refusal.MORE_THAN_LEFT]
    assert set(the_one(desk).disposed) == {(lines[0], "restocked", 1), (lines[1], "missing", 1)}
    assert len(books(desk)) == 1
    assert not deeds(desk), "and none besides"
