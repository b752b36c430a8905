"""Letters of what comes rarely: a gift, a repair that costs, a claim opened again, a withdrawal after its time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugin.domain.claim.commands import ending, quoting, remedying, withdrawing
from plugin.domain.claim.commands.giving import grant_goodwill, voucher_failed, voucher_sent
from plugin.domain.claim.errors import RemedyNotOffered, StatutoryRight
from plugin.domain.claim.letters import ClaimLetterKind as Kind
from plugin.domain.claim.letters import letters_for
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.machines.goods import RepairState
from plugin.domain.claim.vocabulary import SHOPPER, ClaimTrack
from plugin.domain.money import Money, NotAnAmount
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy
from tests.domain.claims.test_letters import REJECT, WRITE, an_open_claim, approve, due, repair, told
from tests.support.claims import AGENT, Case, Shop, an_order_of, opened_line

PRICE, LOWER = Money(2500, "EUR"), Money(1900, "EUR")


@pytest.mark.parametrize(("kind", "letters"), [("voucher", [Kind.GOODWILL]), ("gift", [Kind.GOODWILL]), ("money", [])])
def test_what_is_given_beyond_right_is_a_letter_and_money_is_told_when_it_leaves(
    kind: str, letters: list[Kind]
) -> None:
    shop, case = an_open_claim()
    assert told(shop, case, lambda _: grant_goodwill(kind, PRICE, AGENT, left=PRICE, detail="N-1")) == letters


def test_a_voucher_the_platform_makes_is_told_once_it_has_its_code() -> None:
    shop, case = an_open_claim()
    assert told(shop, case, lambda _: grant_goodwill("voucher", PRICE, AGENT, left=PRICE)) == []
    assert told(shop, case, lambda _: voucher_failed(1, "not_supported")) == []
    shop, case = an_open_claim()
    shop.act(case, lambda _: grant_goodwill("voucher", PRICE, AGENT, left=PRICE))
    assert told(shop, case, lambda _: voucher_sent(1, "N-1")) == [Kind.GOODWILL]


def diagnosed() -> tuple[Shop, Case]:
    """Goods that nobody owes a repair of, looked at in the workshop."""
    shop = Shop(an_order_of(1, 1))
    line = opened_line(shop.order, 1, Ground.SHOP_RETURN, 1, Remedy.REPAIR)
    case = shop.open(replace(line, judged=replace(line.judged, remedies=(Remedy.REPAIR,))))
    shop.act(case, approve(Remedy.REPAIR))
    for to in (RepairState.BOOKED, RepairState.RECEIVED, RepairState.DIAGNOSED):
        assert told(shop, case, repair(to)) == []
    return shop, case


def quoted(price: Money = PRICE, words: str = "A new switch.") -> tuple[Shop, Case]:
    shop, case = diagnosed()
    assert shop.act(case, lambda claim: quoting.quote_repair(claim, 1, price, words, AGENT))
    return shop, case


def test_a_quote_is_a_letter_with_its_words_and_ordering_it_is_confirmed() -> None:
    shop, case = diagnosed()
    (letter,) = due(shop, case, lambda claim: quoting.quote_repair(claim, 1, PRICE, "A new switch.", AGENT))
    assert (letter.kind, len(letter.said)) == (Kind.QUOTE, 1)
    assert told(shop, case, lambda claim: quoting.order_repair(claim, 1, PRICE)) == [Kind.QUOTE_AGREED]
    assert case.claim.line(1).repair is RepairState.AGREED
    assert told(shop, case, repair(RepairState.REPAIRING)) == []


def test_a_repair_not_wanted_at_its_price_can_be_quoted_anew_or_given_up() -> None:
    shop, case = quoted()
    assert told(shop, case, lambda claim: quoting.decline_repair(claim, 1, PRICE)) == []
    line = case.claim.line(1)
    assert (line.repair, line.remedy, line.remedy_detail) == (RepairState.DECLINED, RemedyState.FAILED, "declined")
    assert told(shop, case, lambda claim: quoting.quote_repair(claim, 1, LOWER, "", AGENT)) == [Kind.QUOTE]
    assert case.claim.line(1).quote == LOWER


@pytest.mark.parametrize("answer", [quoting.order_repair, quoting.decline_repair])
def test_only_the_price_that_is_quoted_can_be_answered_to_and_once(answer: object) -> None:
    shop, case = quoted()
    with pytest.raises(RemedyNotOffered):
        answer(case.claim, 1, LOWER)  # type: ignore[operator]  # one of two commands
    shop.act(case, lambda claim: answer(claim, 1, PRICE))  # type: ignore[operator]  # one of two commands
    with pytest.raises(RemedyNotOffered):
        answer(case.claim, 1, PRICE)  # type: ignore[operator]  # one of two commands


def test_nobody_is_asked_to_pay_for_a_repair_that_the_law_gives() -> None:
    shop, case = an_open_claim(Ground.LIABILITY, Remedy.REPAIR)
    shop.act(case, approve(Remedy.REPAIR))
    with pytest.raises(StatutoryRight):
        quoting.quote_repair(case.claim, 1, PRICE, "", AGENT)


def test_a_quote_names_an_amount() -> None:
    _, case = diagnosed()
    with pytest.raises(NotAnAmount):
        quoting.quote_repair(case.claim, 1, Money(0, "EUR"), "", AGENT)
    with pytest.raises(NotAnAmount):
        remedying.move_repair(case.claim, 1, RepairState.QUOTED, AGENT)


def test_a_claim_opened_again_for_its_own_sake_is_told_so() -> None:
    shop, case = an_open_claim()
    shop.act(case, REJECT)
    shop.act(case, lambda claim: ending.close(claim, claim.changed_at + ending.CLOSES_AFTER))
    (letter,) = due(shop, case, lambda claim: ending.reopen(claim, "shopper", SHOPPER))
    assert letter.kind is Kind.REOPENED
    assert told(shop, case, WRITE) == [Kind.MESSAGE]


def late() -> tuple[Shop, Case]:
    shop = Shop(an_order_of(1, 1))
    case = shop.open(opened_line(shop.order, 1, Ground.SHOP_RETURN, 1, Remedy.REFUND), track=ClaimTrack.WITHDRAWAL)
    shop.act(case, lambda _: withdrawing.acknowledge("mail-1"))
    return shop, case


def test_a_late_withdrawal_is_told_and_once_it_is_taken_back_how_the_goods_go() -> None:
    shop, case = late()
    (letter,) = due(shop, case, lambda _: withdrawing.mark_late("window_over"))
    assert (letter.kind, letter.lines) == (Kind.LATE_WITHDRAWAL, (1,))
    assert told(shop, case, lambda claim: withdrawing.settle(claim, was_sent=True)) == [Kind.SEND_BACK]


def test_a_late_one_that_becomes_a_return_at_once_is_one_letter_with_the_way_back() -> None:
    shop, case = late()
    both = (lambda _: withdrawing.mark_late("window_over"), lambda claim: withdrawing.settle(claim, was_sent=True))
    assert told(shop, case, *both) == [Kind.LATE_WITHDRAWAL]


def test_a_late_one_of_goods_that_never_left_tells_of_its_money() -> None:
    shop, case = late()
    before = case.claim
    shop.act(case, lambda _: withdrawing.mark_late("window_over"))
    shop.act(case, lambda claim: withdrawing.settle(claim, was_sent=False))
    (letter,) = letters_for(before, case.claim, case.entries)
    assert (letter.kind, letter.refunds) == (Kind.LATE_WITHDRAWAL, ("refund1",))
