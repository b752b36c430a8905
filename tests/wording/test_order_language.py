"""Which language an order's shopper is written to."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.order import DeliveryPlace
from plugin.domain.policy.version import MarketPolicy, PolicyVersion
from plugin.i18n import LANGUAGES
from plugin.wording.order_language import language_of
from tests.build import PLACED, an_order

COUNTRIES = sorted(code for code in load_rulebook().jurisdictions if "-" not in code)


def spoken(country: str | None, language: str | None = None, named: str | None = None) -> str:
    """Give the language of an order to a market that names one; a policy's other market names Japanese."""
    market = MarketPolicy("there", frozenset({country or "BE"}), language=named)
    policy = PolicyVersion("v1", PLACED, MarketPolicy("elsewhere", language="ja"), markets=(market,))
    order = replace(an_order(), language=language, place=DeliveryPlace(country, None))
    return language_of(order, policy if named else None)


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


def test_what_the_policy_names_for_a_market_goes_before_the_countrys_language() -> None:
    assert spoken("BE", named="fr") == "fr"
    assert spoken("BE", named="xx") == "nl"


def test_the_default_market_names_the_language_of_orders_nobody_knows_the_way_of() -> None:
    assert spoken(None, named="fr") == "ja"


def test_the_orders_own_language_goes_before_everything() -> None:
    assert spoken("DE", "pl_PL", "fr") == "pl"
    assert spoken("DE", "tlh", "fr") == "fr"
    assert spoken("DE", "") == "de"


@given(st.sampled_from(COUNTRIES))
def test_a_country_is_written_to_in_a_language_its_law_names_or_in_english(country: str) -> None:
    official = {tag.split("-")[0] for tag in load_rulebook().jurisdictions[country].languages}
    assert spoken(country) in LANGUAGES
    assert spoken(country).split("-")[0] in official | {"en", "nb"}
