"""Every letter to a shopper of Union and EEA shows the way to withdraw, under the official words, while it is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.demo.policy import demo_policy
from plugin.documents import letter_samples
from plugin.documents.declaration_letters import declaration_letters
from plugin.documents.letter_kinds import KINDS, Readers, Setting
from plugin.documents.papers import papers
from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import DeliveryPlace
from plugin.ports.confirmation import Confirmation, ToConfirm
from plugin.usecases.quote_entitlements import quote
from plugin.usecases.withdrawal_link import order_link_token
from tests.build import NOW, PLACED, a_shop, a_stored_order, an_order
from tests.fakes.sources import FakeSecrets

LAW = Law(load_rulebook(), HolidayCalendar())
POLICY = demo_policy(PLACED - timedelta(days=100))
OPEN = a_shop(withdrawal_since=PLACED)
BASE = "https://aftercare.example"


def confirmed(country: str = "DE", language: str = "de", *, is_on: bool = True, **facts: object) -> Confirmation:
    order = replace(an_order(), language=language, place=DeliveryPlace(country, None), **facts)  # type: ignore[arg-type]  # its fields
    stored = a_stored_order(order)
    shop = OPEN if is_on else a_shop()
    given = ToConfirm(shop, stored, POLICY, quote(stored, POLICY, LAW).lines, (), NOW)
    return papers(LAW, BASE, FakeSecrets()).confirm(given)


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.readers is Readers.SHOPPERS])
def test_every_letter_to_a_shopper_leads_there(name: str) -> None:
    letter = KINDS[name].sample("de", Setting(OPEN, POLICY, LAW, BASE, NOW))
    assert f"Vertrag widerrufen:\n{BASE}/s/{OPEN.key}/withdraw?" in letter.text
    assert ">Vertrag widerrufen</a>" in (letter.html or "")


def test_the_confirmation_takes_its_order_along_in_every_form() -> None:
    found, token = confirmed(), order_link_token(a_stored_order().id, OPEN.id, FakeSecrets())
    for form in (found.text, found.html, found.letter):
        assert "Vertrag widerrufen" in form
        assert f"order={token}" in form.replace("%3D", "=")


@pytest.mark.parametrize("country", ["CH", "GB", "US"])
def test_where_no_law_wants_it_no_letter_has_it(country: str) -> None:
    assert "/withdraw?" not in confirmed(country).text


def test_while_it_is_off_and_for_a_business_no_letter_has_it() -> None:
    assert "/withdraw?" not in confirmed(is_on=False).text
    assert "/withdraw?" not in confirmed(is_business=True).text


def test_english_words_in_a_letter_of_another_language_say_so() -> None:
    assert '<a class="m-accent"' in confirmed("NO", "nb").letter
    assert ' lang="en"' in confirmed("NO", "nb").letter


def test_where_nobody_knows_the_country_a_link_too_many_does_no_harm() -> None:
    letters = declaration_letters(LAW, BASE, FakeSecrets())
    declared = replace(letter_samples.declaration(OPEN, "de", NOW), country=None)
    assert "/withdraw?lang=de" in letters.acknowledgement(declared, OPEN).text
