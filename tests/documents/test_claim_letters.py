"""What stands in a claim's letters, whatever the claim: its page at the right place, money to the minor unit, days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plugin.demo.policy import demo_policy
from plugin.documents.claim_letter_samples import news
from plugin.documents.claim_letters import claim_letter
from plugin.documents.claim_letters.letter import PLACES
from plugin.documents.letter_samples import WORDS
from plugin.domain.basis import Basis
from plugin.domain.claim.events import GoodwillGranted, GoodwillMoved
from plugin.domain.claim.goodwill import Goodwill
from plugin.domain.claim.letters import ClaimLetterKind as Kind
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.claim.machines.goodwill import GoodwillState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.clocks.engine import Law
from plugin.domain.ids import RefundId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.order import DeliveryPlace, Price
from plugin.domain.policy.decision import Ground
from plugin.domain.refund.allocation import Allocation
from plugin.domain.refund.intent import Means, RefundIntent, RefundState
from plugin.i18n import catalogue
from plugin.ports.claim_letters import ClaimNews
from plugin.ports.mailer import Mail
from tests.build import NOW, PLACED, a_shop
from tests.support.repository import ROOT

LAW = Law(load_rulebook(), HolidayCalendar())
POLICY = demo_policy(PLACED - timedelta(days=100))
PAGE = (ROOT / "plugin" / "web" / "portal" / "templates" / "portal" / "status.html").read_text()


def told(kind: Kind, **changed: object) -> ClaimNews:
    return replace(news(kind, "en", a_shop(), POLICY, LAW.rulebook, NOW), **changed)  # type: ignore[arg-type]  # its fields


def written(about: ClaimNews) -> Mail:
    return claim_letter(LAW, "https://aftercare.example")(about)


def euros(minor: int) -> Price:
    return Price(Money(minor, "EUR"), Money(minor, "EUR"))


def paid_back(about: ClaimNews, means: Means = Means.ORIGINAL) -> RefundIntent:
    line = about.stored.order.lines[0].id
    part = Allocation(line, 1, euros(4193), euros(797), euros(420), euros(80), euros(110))
    known = RefundIntent(RefundId("sample"), about.stored.id, "sample", (part,), euros(5600), NOW, NOW)
    return replace(known, means=means, state=RefundState.SENT)


@pytest.mark.parametrize("kind", PLACES)
def test_a_letter_that_asks_for_something_leads_to_where_it_is_done(kind: Kind) -> None:
    assert f"/claims/sample?lang=en#{PLACES[kind]}" in written(told(kind)).text
    assert f'id="{PLACES[kind]}"' in PAGE


def test_a_refund_is_told_in_its_parts_that_add_up_to_it() -> None:
    about = told(Kind.REFUND_SENT)
    text = written(replace(about, refunds={RefundId("sample"): paid_back(about)})).text
    for part in ("Goods: €49.90", "Delivery: €5.00", "Duty and other charges: €1.10"):
        assert part in text
    assert "the way you paid" in text


def test_a_payout_is_told_to_go_to_the_account_that_was_named() -> None:
    about = told(Kind.REFUND_SENT)
    text = written(replace(about, refunds={RefundId("sample"): paid_back(about, Means.PAYOUT)})).text
    assert "to the account you named" in text
    assert "the way you paid" not in text


def test_a_withdrawals_goods_are_sent_off_within_fourteen_days_counted_as_the_law_counts() -> None:
    """14 days from Saturday 21 November end on Saturday 5 December, and roll to the Monday (Reg. 1182/71 art. 3(4))."""
    text = written(told(Kind.SEND_BACK)).text
    assert f"Send it off by: {catalogue('en').day(date(2026, 12, 7))}" in text


def test_where_no_law_gives_a_withdrawal_no_last_day_is_made_up() -> None:
    about = told(Kind.SEND_BACK)
    order = replace(about.stored.order, place=DeliveryPlace(None, None))
    assert "Send it off by" not in written(replace(about, stored=replace(about.stored, order=order))).text


def test_a_second_refusal_names_no_further_appeal() -> None:
    about = told(Kind.REJECTED)
    again = replace(about.claim, lines=tuple(replace(line, is_appealed=True) for line in about.claim.lines))
    text = written(replace(about, claim=again)).text
    assert "Another person has looked at it" in text
    assert "Do you see it differently?" not in text


def test_goods_that_stay_are_said_to_stay() -> None:
    about = told(Kind.APPROVED)
    kept = replace(about.claim, lines=tuple(replace(e, leg=ReturnState.NOT_REQUIRED) for e in about.claim.lines))
    assert "You send nothing back." in written(replace(about, claim=kept)).text


def test_without_an_address_in_the_policy_the_shopper_is_told_to_wait_for_one() -> None:
    assert "Where to send it, we write to you separately." in written(told(Kind.APPROVED, labels=())).text


def test_words_of_a_person_are_set_apart_and_cannot_be_markup() -> None:
    said = {2: '<b>No</b> & "never"'}
    html = written(told(Kind.REJECTED, said=said)).html or ""
    assert "&lt;b&gt;No&lt;/b&gt; &amp;" in html
    assert "<b>No" not in html


def test_a_late_withdrawal_is_told_its_last_day_why_and_by_which_law() -> None:
    text = written(told(Kind.LATE_WITHDRAWAL)).text
    assert "Declared on: " in text
    assert "Last day by law: " in text
    assert "http://data.europa.eu/eli/dir/2011/83/oj" in text
    assert "A person looks at it and writes to you." in text
    assert "We take the goods back all the same" not in text


def test_one_that_became_a_return_names_the_shops_clause_and_the_way_back() -> None:
    about = told(Kind.LATE_WITHDRAWAL)
    (line,) = about.claim.lines
    clause = Basis("policy", POLICY.id, f"{POLICY.id} · eu · returns")
    taken = replace(line, judged=replace(line.judged, ground=Ground.SHOP_RETURN, basis=(clause,)))
    claim = replace(about.claim, lines=(taken,), withdrawal=WithdrawalState.AWAITING_GOODS)
    text = written(replace(about, claim=claim)).text
    assert "We take the goods back all the same" in text
    assert "A person looks at it" not in text
    assert "#rule-returns" in text


def test_a_dearer_exchange_says_what_is_owed_and_where_it_is_paid_or_that_the_shop_says_so() -> None:
    about = told(Kind.DIFFERENCE)
    letter = written(about)
    assert "You pay €10.00 more." in letter.text
    assert "https://shop.example/checkout/pay" in letter.text
    without = written(replace(about, due=replace(about.due, said=())))
    assert "The shop tells you how to pay it." in without.text
    assert "checkout/pay" not in without.text


def test_a_quote_says_the_price_and_what_is_done_for_it() -> None:
    text = written(told(Kind.QUOTE)).text
    assert "Price of the repair: €19.90" in text
    assert WORDS in text
    assert "Nothing is repaired and nothing is charged unless you order it." in text


def test_a_voucher_is_told_with_code_and_worth_and_a_gift_without_what_it_cost() -> None:
    text = written(told(Kind.GOODWILL)).text
    assert "Voucher code: NORDKAP-7K2M" in text
    assert "Worth: €10.00" in text
    gift = (GoodwillGranted("gift", Money(1000, "EUR"), "A tin of wax"),)
    text = written(told(Kind.GOODWILL, events=gift)).text
    assert "On its way to you: A tin of wax" in text
    assert "10.00" not in text


def test_a_voucher_without_a_code_is_said_to_be_on_the_shoppers_account() -> None:
    about = told(Kind.GOODWILL, events=(GoodwillMoved(1, GoodwillState.SENT),))
    credit = Goodwill(1, "voucher", Money(1000, "EUR"), None, "agent", NOW, state=GoodwillState.SENT)
    text = written(replace(about, claim=replace(about.claim, goodwill=(credit,)))).text
    assert "On your customer account: sign in when you next pay." in text
    assert "Worth: €10.00" in text
    assert "Voucher code" not in text
