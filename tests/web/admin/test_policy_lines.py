"""The page of advertising lines shows what the version in force proves, with what it rests on, or says why nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugin.demo.policy import demo_policy
from plugin.domain.clocks.before_purchase import market_rights
from plugin.domain.clocks.engine import Law
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.terms import Track
from plugin.domain.policy.version import MarketPolicy, PolicyVersion
from plugin.domain.shop import Role
from plugin.i18n import DESK_LANGUAGES, LANGUAGES, catalogue
from plugin.web.admin.policy.lines import why_none
from tests.build import MERCHANT, PLACED, a_policy
from tests.support.admin import RIVAL, Installation

PAGE = "/admin/policy/lines"
DEMO = demo_policy(PLACED)


def publish(running: Installation, policy: PolicyVersion) -> None:
    with running.deps.units(MERCHANT) as unit:
        unit.policies.add(policy)
        unit.commit()


def test_each_line_stands_with_its_length_and_what_it_rests_on(light: Installation) -> None:
    publish(light, DEMO)
    page = light.signed_in(Role.VIEWER).get(f"{PAGE}?country=DE&language=en").text
    assert "Free returns for 30 days</span>" in page
    assert "Fits 30 characters" in page
    assert "Rests on: the promised return, longer than by law: 30 days" in page
    assert "Rests on: the promised exchange: 60 days" in page
    assert "Nothing can be claimed here" not in page


@pytest.mark.parametrize("language", ["ar", "ja", "fi"])
def test_lines_come_in_the_language_asked_for_and_their_grounds_in_the_desks(
    light: Installation, language: str
) -> None:
    publish(light, DEMO)
    page = light.signed_in(language="de").get(f"{PAGE}?country=DE&language={language}").text
    shoppers = catalogue(language)
    assert f'<span lang="{language}" dir="{shoppers.direction}">' in page
    assert "Beruht auf: versprochener Umtausch: 60 Tage" in page


def test_every_shoppers_language_is_offered(light: Installation) -> None:
    page = light.signed_in().get(PAGE).text
    assert all(f'<option value="{language}"' in page for language in LANGUAGES)


def test_a_product_has_the_lines_of_its_own_rules(light: Installation) -> None:
    (returns,) = (rule for rule in a_policy().default.rules if rule.track is Track.RETURN)
    sale = replace(returns, id="sale", scope=Scope(products=frozenset({"77"})), is_final_sale=True)
    publish(light, a_policy(default=MarketPolicy("everywhere", rules=(returns, sale))))
    browser = light.signed_in()
    assert "Returns: it is a final sale." in browser.get(f"{PAGE}?country=DE&language=en&product=77").text
    assert "Returns for 30 days</span>" in browser.get(f"{PAGE}?country=DE&language=en&product=78").text


def test_where_nothing_can_be_claimed_it_is_said_why(light: Installation) -> None:
    publish(light, a_policy(default=MarketPolicy("everywhere")))
    page = light.signed_in().get(f"{PAGE}?country=DE&language=en").text
    assert "Nothing can be claimed here" in page
    for why in ("Returns: none are promised.", "Exchanges: none are promised.", "Warranty: none is promised."):
        assert why in page
    assert "Fits " not in page


def test_without_a_version_in_force_nothing_is_claimed_not_even_what_the_law_makes_free(light: Installation) -> None:
    page = light.signed_in().get(f"{PAGE}?country=BR&language=en").text
    assert "Nothing is promised yet" in page
    assert "Fits " not in page


def test_the_promises_of_another_merchant_are_no_ground(light: Installation) -> None:
    with light.deps.units(RIVAL) as unit:
        unit.policies.add(DEMO)
        unit.commit()
    assert "Fits " not in light.signed_in().get(f"{PAGE}?country=DE&language=en").text


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_every_reason_is_worded_at_every_desk(language: str, law: Law) -> None:
    words = catalogue(language)
    keys = {key for key in catalogue("en").entries if key.startswith("policy.lines")}
    assert keys <= words.entries.keys()
    assert len(why_none(market_rights("DE", DEMO, law), words)) == 3
