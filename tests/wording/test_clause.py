"""What a clause is called at the desk: nobody reads a version's id."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from plugin.domain.basis import Basis
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Track, Window
from plugin.domain.policy.version import MarketPolicy, PolicyVersion
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.wording.clause import NamedClause, name_clause

RULES = (Rule("returns", Track.RETURN, window=Window(30)), Rule("shoes", Track.EXCHANGE, window=Window(90)))
MADE = datetime(2026, 10, 11, 22, 30, tzinfo=UTC)
VERSION = PolicyVersion("0pgdm90", MADE, MarketPolicy("Nordics · EEA", rules=RULES))
VERSIONS = {VERSION.id: VERSION}
CLAUSE = Basis("policy", "0pgdm90", "0pgdm90 · Nordics · EEA · returns")


def test_a_clause_of_the_shop_names_promise_market_and_the_local_day_it_was_made() -> None:
    named = name_clause(CLAUSE, VERSIONS, "Europe/Berlin", catalogue("en"))
    assert named == NamedClause("Returns, Nordics · EEA; promise made Monday 12 October 2026", "0pgdm90")
    assert "11 October" in name_clause(CLAUSE, VERSIONS, None, catalogue("en")).text


def test_a_rule_with_a_name_of_its_own_is_told_by_both() -> None:
    shoes = Basis("policy", "0pgdm90", "0pgdm90 · Nordics · EEA · shoes")
    assert name_clause(shoes, VERSIONS, None, catalogue("en")).text.startswith("Exchanges: shoes, Nordics")


def test_law_and_what_somebody_typed_stand_as_they_are_cited() -> None:
    law = Basis("law", "crd", "Directive 2011/83/EU art. 9")
    typed = Basis("policy", "other", "House rule 4")
    assert name_clause(law, VERSIONS, None, catalogue("en")) == NamedClause("Directive 2011/83/EU art. 9")
    assert name_clause(typed, VERSIONS, None, catalogue("en")) == NamedClause("House rule 4")


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_no_language_shows_an_id_even_of_a_version_that_is_not_at_hand(language: str) -> None:
    later = Basis("later_policy", CLAUSE.id, CLAUSE.citation)
    for basis in (CLAUSE, later):
        for versions in (VERSIONS, {}):
            assert "0pgdm90" not in name_clause(basis, versions, "Europe/Berlin", catalogue(language)).text
