"""Every kind of term in words: windows without end, fees, conditions, final sale, exceptions, refunds."""

from dataclasses import replace

import pytest

from plugin.domain.clocks.before_purchase import market_rights
from plugin.domain.clocks.engine import Law
from plugin.domain.entitlement import Right
from plugin.domain.money import Money
from plugin.domain.policy import Payer, PolicyVersion
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import (
    Anchor,
    Condition,
    Counting,
    Fee,
    Payers,
    RefundMeans,
    RefundPromise,
    RefundStart,
    Track,
    Window,
    WindowUnit,
)
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.i18n import catalogue
from plugin.wording.aftersales.law_rows import legal_rows
from plugin.wording.badge import badge, banner
from plugin.wording.names import title
from plugin.wording.promises import one_line_promises
from tests.build import a_market, a_policy

FREE = Payers(none=Payer.SHOP, buyer=Payer.SHOP)


def promising(track: Track = Track.RETURN, **terms: object) -> PolicyVersion:
    market = a_market(return_days=None, exchange_days=None, warranty_months=None)
    rule = Rule("own", track, **{"payers": FREE, **terms})  # type: ignore[arg-type]  # terms of a rule
    return a_policy(default=replace(market, rules=(*market.rules, rule)))


def extra(policy: PolicyVersion, law: Law, country: str = "DE", language: str = "en") -> str:
    shown = badge(market_rights(country, policy, law), catalogue(language))
    return " ".join(line.text for line in shown.lines if line.kind == "extra")


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"window": Window(None)}, "We take goods back without a time limit."),
        ({"window": Window(3, WindowUnit.MONTHS)}, "We take goods back for 3 months from delivery."),
        ({"window": Window(24, WindowUnit.MONTHS)}, "We take goods back for 2 years from delivery."),
        (
            {"window": Window(20, WindowUnit.DAYS, Counting.WORKING)},
            "We take goods back for 20 working days from delivery.",
        ),
        (
            {"window": Window(60), "clock": (Anchor.ORDERED,)},
            "Shop return: The shop promises 60 days from the day of the order.",
        ),
        ({"window": Window(30), "fee": Fee(1250)}, "From the refund we keep at most 12.5% of the price."),
        ({"window": Window(30), "fee": Fee(0, Money(500, "EUR"))}, "we keep at most €5.00 for each item."),
        (
            {"window": Window(30), "fee": Fee(500, Money(500, "EUR"))},
            "at most 5% of the price and €5.00 for each item.",
        ),
        (
            {"window": Window(30), "conditions": (Condition.UNUSED, Condition.TAGS_ATTACHED)},
            "For this we ask that goods are: unused and with their tags attached.",
        ),
        (
            {"window": Window(30), "refund": RefundPromise(7, means=RefundMeans.VOUCHER)},
            "Returns by our own promise are paid back as a voucher.",
        ),
        ({"is_final_sale": True}, "Final sale: we take this back only where the law gives you that right."),
        ({"track": Track.EXCHANGE, "window": Window(None)}, "We exchange goods without a time limit."),
    ],
)
def test_a_term_is_said_in_the_badge(terms: dict[str, object], said: str, law: Law) -> None:
    assert said in extra(promising(**terms), law)  # type: ignore[arg-type]  # terms of a rule


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"window": Window(7), "fee": Fee(1250)}, "keep"),
        ({"window": Window(14), "conditions": (Condition.UNUSED,)}, "unused"),
    ],
)
def test_what_a_promise_within_the_law_asks_is_never_said_of_the_right(
    terms: dict[str, object], said: str, law: Law
) -> None:
    shown = badge(market_rights("DE", promising(**terms), law), catalogue("en"))  # type: ignore[arg-type]  # terms of a rule
    assert said not in " ".join((shown.summary, *(line.text for line in shown.lines)))


@pytest.mark.parametrize(
    ("payers", "said"),
    [
        (FREE, "free returns without a time limit."),
        (Payers(none=Payer.SHOPPER), "returns without a time limit; you pay for sending goods back."),
        (Payers(), "returns without a time limit."),
    ],
)
def test_a_window_without_end_is_named_in_the_summary(payers: Payers, said: str, law: Law) -> None:
    rights = market_rights("US", promising(window=Window(None), payers=payers), law)
    assert badge(rights, catalogue("en")).summary == f"Delivery to United States: {said}"
    shown = banner(rights, catalogue("en"))
    assert (shown is not None) is (payers is FREE)
    assert shown is None or "without a time limit" in shown


@pytest.mark.parametrize("trait", [Trait.PERSONALISED, Trait.PERISHABLE, Trait.NEWSPAPER])
def test_confirmed_goods_are_told_that_there_is_no_right_and_why(trait: Trait, law: Law) -> None:
    policy = a_policy(traits=(TraitRule("all", trait, is_confirmed=True),))
    shown = badge(market_rights("DE", policy, law), catalogue("en"))
    assert shown.lines[0].text == catalogue("en").text(f"absent.excepted.{trait.value}")
    assert "14 days" not in " ".join(line.text for line in shown.lines)


def test_sealed_goods_are_told_what_breaking_the_seal_may_do(law: Law) -> None:
    policy = a_policy(traits=(TraitRule("all", Trait.SEALED_HYGIENE, is_confirmed=True),))
    right = badge(market_rights("DE", policy, law), catalogue("en")).lines[0].text
    assert "for 14 days" in right
    assert "once the seal is broken" in right


@pytest.mark.parametrize(
    ("refund", "said"),
    [
        (RefundPromise(7, RefundStart.RECEIPT), "Refund: at most 7 days after we receive the goods."),
        (RefundPromise(3, RefundStart.SENT), "Refund: at most 3 days after you send the goods."),
        (RefundPromise(1, RefundStart.REQUEST), "Refund: at most 1 day after you ask for it."),
    ],
)
def test_the_refund_of_a_promised_return_is_a_line_of_its_own(refund: RefundPromise, said: str, law: Law) -> None:
    rights = market_rights("DE", promising(window=Window(60), refund=refund), law)
    lines = {line.kind: line.text for line in one_line_promises(rights, catalogue("en"))}
    assert list(lines) == ["window", "payer", "warranty", "refund"]
    assert lines["refund"] == said


def test_without_a_longer_promise_the_refund_is_the_laws_where_it_is_known(law: Law) -> None:
    kinds = {
        country: [line.kind for line in one_line_promises(market_rights(country, promising(), law), catalogue("en"))]
        for country in ("DE", "US")
    }
    assert kinds == {"DE": ["window", "payer", "warranty", "refund"], "US": ["window", "payer", "warranty"]}


@pytest.mark.parametrize("language", ["en", "de", "pt-BR"])
def test_no_refund_within_zero_days_is_said_where_the_law_wants_the_money_back_at_once(language: str, law: Law) -> None:
    rights, words = market_rights("BR", promising(), law), catalogue(language)
    assert rights.refund_days_by_law == 0
    assert [line.kind for line in one_line_promises(rights, words)] == ["window", "payer", "warranty"]
    (only,) = legal_rows(rights, None, law, words).withdrawal
    assert only.term == title(Right.WITHDRAWAL, words)
