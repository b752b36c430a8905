"""What stands in a claim's letters, whatever the claim: its page at the right place, money to the minor unit, days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plugin.demo.policy import demo_policy
from plugin.documents.claim_letter_samples import news
from plugin.documents.claim_letters import claim_letter
from plugin.documents.claim_letters.letter import PLACES
from plugin.domain.claim.letters import ClaimLetterKind as Kind
from plugin.domain.claim.machines.goods import ReturnState
from plugin.domain.clocks.engine import Law
from plugin.domain.ids import RefundId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.order import DeliveryPlace, Price
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


def test_the_survey_is_linked_once_there_is_one() -> None:
    assert "Tell us how it went" not in written(told(Kind.CLOSED)).text
    there = written(told(Kind.CLOSED, survey="https://survey.example/1")).text
    assert "Tell us how it went:\nhttps://survey.example/1" in there


def test_words_of_a_person_are_set_apart_and_cannot_be_markup() -> None:
    said = {2: '<b>No</b> & "never"'}
    html = written(told(Kind.REJECTED, said=said)).html or ""
    assert "&lt;b&gt;No&lt;/b&gt; &amp;" in html
    assert "<b>No" not in html
