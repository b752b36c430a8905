"""What a refusal rests on is named in words and linked to where it can be read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plugin.demo.policy import demo_policy
from plugin.domain.basis import LATER_POLICY, Basis
from plugin.domain.law.official import PUBLISHERS
from plugin.domain.law.rulebook import load_rulebook
from plugin.i18n import catalogue
from plugin.wording.claim.clauses import Clauses, rule_anchor
from tests.build import PLACED

RULEBOOK, POLICY, PAGE = load_rulebook(), demo_policy(PLACED - timedelta(days=100)), "https://shop.example/s/x/en/DE"
MARKET = POLICY.for_country("DE")
ENGLISH = Clauses(catalogue("en"), RULEBOOK, POLICY, PAGE)


@pytest.mark.parametrize("rule", MARKET.rules, ids=lambda rule: rule.id)
def test_a_rule_of_the_policy_is_called_by_what_it_is_about_and_never_by_its_id(rule: object) -> None:
    known = getattr(rule, "id", "")
    cited = ENGLISH.cited(Basis("policy", POLICY.id, f"{POLICY.id} · {MARKET.market} · {known}"))
    assert POLICY.id not in cited.citation
    assert " · " not in cited.citation
    assert cited.citation.partition(": ")[2]
    assert cited.url == f"{PAGE}#{rule_anchor(known)}"


def test_a_later_policys_rule_we_do_not_know_is_not_called_by_its_id_either() -> None:
    cited = ENGLISH.cited(Basis(LATER_POLICY, "v9", "v9 · eu · winter"))
    assert (cited.citation, cited.url) == (ENGLISH.words.text("source.policy_later"), f"{PAGE}#rule-winter")


def test_a_clause_somebody_typed_keeps_its_words() -> None:
    cited = ENGLISH.cited(Basis("policy", "other", "Terms, section 7"))
    assert cited.citation.endswith(": Terms, section 7")
    assert cited.url == f"{PAGE}#policy"


def test_an_article_leads_to_the_official_text_and_a_report_of_a_law_is_only_named() -> None:
    official = ENGLISH.cited(Basis("law", "CRD art. 9", "Directive 2011/83/EU art. 9"))
    assert official.url == "http://data.europa.eu/eli/dir/2011/83/oj"
    for source in ("DE_BOP", "PL", "other"):
        cited = ENGLISH.cited(Basis("law", source, "a law"))
        assert (cited.citation, cited.url) == ("a law", None)


def test_every_publisher_is_one_of_the_rulebooks() -> None:
    found = {source.official_url for source in RULEBOOK.sources.values()} - {None}
    assert all(any(publisher in str(url) for url in found) for publisher in PUBLISHERS)


def test_without_a_country_there_is_no_page_to_lead_to() -> None:
    nowhere = Clauses(ENGLISH.words, RULEBOOK, POLICY, None)
    assert nowhere.cited(Basis("policy", POLICY.id, f"{POLICY.id} · eu · returns")).url is None
