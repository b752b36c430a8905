"""The confirmation says what the engine says, holds the documents word for word, and records what it showed."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from plugin.demo.policy import demo_policy
from plugin.documents.confirmation import confirmation_of
from plugin.documents.mail import Masthead
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.legal_documents import AttestedText, Piece, digest_of
from plugin.domain.order import DeliveryPlace
from plugin.i18n import LANGUAGES, catalogue
from plugin.ports.confirmation import Confirmation, ToConfirm
from plugin.usecases.quote_entitlements import quote
from plugin.wording.panel import clock_lines
from tests.build import NOW, PLACED, a_line, a_shop, a_stored_order, an_order

LAW = Law(load_rulebook(), HolidayCalendar())
POLICY = demo_policy(PLACED - timedelta(days=100))
INSTRUCTION = AttestedText("a1", Piece.INSTRUCTION, "de", None, 1, "Widerrufsbelehrung\nUns ({trader})", NOW, None)


def given(language: str = "de", country: str = "DE", **facts: object) -> ToConfirm:
    order = replace(an_order(), language=language, place=DeliveryPlace(country, None), **facts)  # type: ignore[arg-type]  # a test names fields
    stored = a_stored_order(order)
    return ToConfirm(a_shop(), stored, POLICY, quote(stored, POLICY, LAW).lines, (), NOW)


def confirmed(asked: ToConfirm) -> Confirmation:
    return confirmation_of(
        LAW,
        lambda shop, piece, country, language: f"https://x/{shop}/{piece}/{country}/{language}",
        lambda given, words: Masthead(given.shop.name),  # noqa: ARG005 - what stands below is tested with the letters
    )(asked)


def test_an_order_without_a_language_is_confirmed_in_that_of_where_it_goes() -> None:
    assert confirmed(given("", "FR")).language == "fr"


def test_an_order_without_a_language_is_confirmed_in_the_one_its_market_names() -> None:
    markets = tuple(replace(market, language="nl") for market in POLICY.markets)
    asked = replace(given("", "FR"), policy=replace(POLICY, markets=markets))
    assert confirmed(asked).language == "nl"
    assert confirmed(replace(given("pl", "FR"), policy=asked.policy)).language == "pl"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_of_every_line_what_the_panel_says_in_the_orders_language(language: str) -> None:
    asked = given(language)
    text, html = confirmed(asked).text, unescape(confirmed(asked).html)
    for line in asked.lines:
        for worded in clock_lines(line, catalogue(language), NOW):
            assert worded.sentence in text
            assert worded.sentence in html


def test_the_form_stands_in_it_word_for_word_with_the_trader_filled_in() -> None:
    found = confirmed(given("en", "IE"))
    assert "I/We (*) hereby give notice" in found.text
    assert "To Nordlicht Outdoor GmbH, Speicherstrasse 12, 24937 Flensburg, Germany" in found.text
    assert catalogue("en").text("document.english") not in found.text


def test_an_attested_instruction_stands_in_it_and_its_version_is_recorded() -> None:
    found = confirmed(replace(given(), attested=(INSTRUCTION,)))
    assert "Uns (Nordlicht Outdoor GmbH" in found.text
    (shown,) = [each for each in found.shown if each.what == "withdrawal_instruction"]
    assert (shown.version, shown.language) == ("attested-1", "de")


def test_what_was_shown_is_recorded_with_the_digest_of_these_very_words() -> None:
    found = confirmed(given())
    whole = next(each for each in found.shown if each.what == "confirmation")
    assert (whole.digest, whole.version) == (digest_of(found.text), POLICY.id)
    assert {each.what for each in found.shown} == {"withdrawal_form", "confirmation"}


def test_the_warranty_states_the_five_things_a_commercial_guarantee_has_to() -> None:
    text = confirmed(given("en")).text
    assert catalogue("en").text("page.warranty.statement_eu") in text
    for said in ("Faults of material and workmanship", "The order number", "Damage by misuse", "in its workshop"):
        assert said in text
    assert f"{catalogue('en').text('page.warranty.given_by')}: Nordlicht Outdoor GmbH, Speicherstrasse 12" in text
    assert "Tent lantern" in text


@pytest.mark.parametrize("facts", [{"country": "US"}, {"is_business": True}])
def test_no_form_where_the_law_prescribes_none(facts: dict[str, object]) -> None:
    found = confirmed(given("en", **facts))  # type: ignore[arg-type]  # a test names fields
    assert "hereby give notice" not in found.text
    assert [each.what for each in found.shown] == ["confirmation"]


def test_what_a_title_says_is_text_and_never_markup() -> None:
    line = a_line(title="<script>alert(1)</script>")
    html = confirmed(given(lines=(line,))).html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_english_form_is_marked_as_english_inside_a_right_to_left_mail() -> None:
    html = confirmed(given("ar")).html
    assert html.startswith('<section lang="ar" dir="rtl">')
    assert '<div lang="en" dir="ltr"><h3>Model withdrawal form</h3>' in html
