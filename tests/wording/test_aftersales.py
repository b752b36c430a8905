"""The after-sales page of a shop that promises different things of different goods, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plugin.demo.policy import demo_policy
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.money import Money
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Scope, Season
from plugin.domain.policy.terms import (
    Condition,
    Fee,
    Offer,
    Payer,
    Payers,
    RefundPromise,
    RefundStart,
    Track,
    Window,
)
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.remedy import Remedy
from plugin.i18n import LANGUAGES, catalogue
from plugin.wording.aftersales.measures import hours, weight
from plugin.wording.aftersales.page import PageWords, page_words

LAW = Law(load_rulebook(), HolidayCalendar())
TODAY = date(2026, 11, 22)
DEMO = demo_policy(datetime(2026, 1, 1, tzinfo=UTC))
LIGHTING = Rule(
    "lighting",
    Track.RETURN,
    scope=Scope(categories=frozenset({"Lighting"})),
    window=Window(60),
    payers=Payers(none=Payer.SHOPPER),
    fee=Fee(1_000, Money(250, "EUR")),
    conditions=(Condition.UNUSED, Condition.TAGS_ATTACHED),
    offers=(Offer(Remedy.EXCHANGE), Offer(Remedy.STORE_CREDIT, bonus=500)),
    refund=RefundPromise(10, RefundStart.SENT),
    report_damage_within_hours=48,
    note={"de": "Bitte mit Kabel.", "en": "With its cable, please."},
)
HOLIDAYS = Rule(
    "holidays",
    Track.RETURN,
    scope=Scope(season=Season(date(2026, 11, 1), date(2026, 12, 24))),
    window=Window(90),
    payers=Payers(none=Payer.SHOP),
)
OUTLET = Rule("outlet", Track.RETURN, scope=Scope(tags=frozenset({"outlet"})), priority=2, is_final_sale=True)


def a_version(*more: Rule) -> PolicyVersion:
    union = DEMO.for_country("DE")
    changed = replace(union, rules=union.rules + more)
    return replace(DEMO, markets=tuple(changed if market is union else market for market in DEMO.markets))


def told(language: str = "en", country: str = "DE", version: PolicyVersion | None = None) -> PageWords:
    return page_words(country, version or a_version(LIGHTING, HOLIDAYS, OUTLET), LAW, catalogue(language), TODAY)


def test_each_group_of_goods_has_a_card_the_one_that_counts_first() -> None:
    page = told()
    assert [(card.label, card.title) for card in page.promises] == [
        ("Our promise", "Goods marked: outlet"),
        ("Our extra", "Lighting"),
        ("Our extra", "Orders from 1 November 2026 to 24 December 2026"),
        ("Our extra", "All other goods"),
        ("Our extra", "All goods"),
    ]
    assert page.order.startswith("Where goods belong to more than one of these groups")
    assert told(version=DEMO).order == ""


def test_a_card_says_time_cost_conditions_refund_and_remedies() -> None:
    rows = {row.term: [said.text for said in row.said] for row in told().promises[1].rows}
    assert rows == {
        "Shop return": [
            "We take goods back for 60 days from delivery.",
            "From the refund we keep at most 10% of the price and €2.50 for each item.",
            "For this we ask that goods are: unused and with their tags attached.",
        ],
        "Refund": ["Refund: at most 10 days after you send the goods."],
        "What we offer": ["exchange or store credit with 5% on top"],
        "Sending it back": ["While your right by law runs, we pay for sending goods back; after that you pay."],
        "In the shop’s own words": ["With its cable, please."],
    }


def test_who_pays_is_never_said_of_all_goods_where_it_differs() -> None:
    page = told()
    assert "Sending it back" not in [row.term for row in page.back]
    assert "Sending it back" in [row.term for row in page.law.withdrawal]
    assert "Sending it back" in [row.term for row in told(version=DEMO).back]


def test_the_merchants_words_come_in_the_pages_language_or_say_which_they_are_in() -> None:
    notes = {language: told(language).promises[1].rows[-1].said[0] for language in ("de", "fr")}
    assert (notes["de"].text, notes["de"].language) == ("Bitte mit Kabel.", None)
    assert (notes["fr"].text, notes["fr"].language) == ("With its cable, please.", "en")


def test_damage_reported_late_counts_all_the_same() -> None:
    (damage,) = (text for step in told().steps for text in step.texts if "48 hours" in text)
    assert "a later report counts as well" in damage


def test_a_country_whose_law_nobody_knows_is_promised_nothing_by_law() -> None:
    page = told(country="AQ", version=DEMO)
    (right,) = page.law.withdrawal
    assert "not confirmed here" in right.said[0].text
    assert all(row.mark for row in page.law.guarantee)
    assert not page.law.withdrawal[0].sources


def test_without_a_policy_the_law_stands_alone() -> None:
    page = page_words("DE", None, LAW, catalogue("en"), TODAY)
    assert page.promises == page.warranties == page.seller == ()
    assert "14 days" in page.law.withdrawal[0].said[0].text
    assert page.support.none


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_and_weights_are_written_in_every_language(language: str) -> None:
    words = catalogue(language)
    for text in (hours(1, words), hours(24, words), weight(5_000, words)):
        assert any(sign.isdigit() for sign in text) or language in {"ar", "he", "mt", "sl"}
        assert "duration" not in text
        assert "mass" not in text
