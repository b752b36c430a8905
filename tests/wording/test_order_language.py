"""Which language an order's shopper is written to."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import DeliveryPlace
from plugin.i18n import LANGUAGES
from plugin.wording.order_language import language_of
from tests.build import an_order

COUNTRIES = sorted(code for code in load_rulebook().jurisdictions if "-" not in code)


def spoken(country: str | None, language: str | None = None, declared: str | None = None) -> str:
    return language_of(replace(an_order(), language=language, place=DeliveryPlace(country, None)), declared)


@pytest.mark.parametrize(
    ("country", "language"),
    [
        ("DE", "de"),
        ("AT", "de"),
        ("BE", "nl"),
        ("CH", "de"),
        ("CA", "en"),
        ("BR", "pt-BR"),
        ("PT", "pt"),
        ("TW", "zh-Hant"),
        ("CN", "zh-Hans"),
        ("NO", "nb"),
        ("RS", "en"),
        ("IN", "en"),
        ("AQ", "en"),
        (None, "en"),
    ],
)
def test_an_order_without_a_language_is_answered_in_that_of_where_it_goes(country: str | None, language: str) -> None:
    assert spoken(country) == language


def test_what_the_merchant_declares_goes_before_the_countrys_language() -> None:
    assert spoken("BE", declared="fr") == "fr"
    assert spoken("BE", declared="xx") == "nl"


def test_the_orders_own_language_goes_before_everything() -> None:
    assert spoken("DE", "pl_PL", "fr") == "pl"
    assert spoken("DE", "tlh", "fr") == "fr"
    assert spoken("DE", "") == "de"


@given(st.sampled_from(COUNTRIES))
def test_a_country_is_written_to_in_a_language_its_law_names_or_in_english(country: str) -> None:
    official = {tag.split("-")[0] for tag in load_rulebook().jurisdictions[country].languages}
    assert spoken(country) in LANGUAGES
    assert spoken(country).split("-")[0] in official | {"en", "nb"}
