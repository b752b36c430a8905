"""Whoever decides reads what the rules found, in the desk's languages: every code has words, every fact its form."""

import ast
from collections.abc import Iterator
from datetime import timedelta

import pytest

from plugin.domain.claim.vocabulary import Tier
from plugin.domain.claim_engine.abuse import Mark, Past
from plugin.domain.claim_engine.costs import Costs
from plugin.domain.claim_engine.finding import Outcome, needs_person, no, ok
from plugin.domain.claim_engine.judge import Verdict, judge
from plugin.domain.claim_engine.limits import Limits
from plugin.domain.claim_engine.suggestion import suggest
from plugin.domain.entitlement import Absent
from plugin.domain.money import Money
from plugin.domain.order import PaymentKind
from plugin.domain.policy.terms import Condition, Evidence
from plugin.domain.remedy import Remedy
from plugin.domain.service_clock.targets import Aim
from plugin.i18n import DESK_LANGUAGES, catalogue
from plugin.wording.judgement import finding_text, word_finding, word_suggestion
from plugin.wording.refusal import refusal_text
from tests.domain.claim_engine.asked import AFTER, RETURNS, SHOP_ONLY, a_policy, a_question, asked
from tests.domain.claim_engine.test_suggestion import DEAR
from tests.support.repository import ROOT

ENGINE = ROOT / "plugin" / "domain" / "claim_engine"
SAID = {"ok": "finding", "no": "finding", "needs_person": "finding", "step": "sign", "Row": "row"}


def codes() -> Iterator[str]:
    """The key of every finding, sign and row, as the sources name them."""
    for path in ENGINE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID:
                kind = SAID[node.func.id]
                found = (part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant))
                yield from (f"engine.{kind}.{code}" for code in found if isinstance(code, str))


def closed_sets() -> Iterator[str]:
    yield from (f"engine.outcome.{each.value}" for each in Outcome)
    yield from (f"engine.verdict.{each.value}" for each in Verdict)
    yield from (f"engine.tier.{each.value}" for each in Tier)
    yield from (f"engine.aim.{each.value}" for each in Aim)
    yield from (f"engine.order.{each}" for each in ("as_the_policy_says", "keep_first", "withdrawal", "safety"))
    yield from (f"engine.finding.{each.value}" for each in (Absent.COUNTRY_UNKNOWN, Absent.LAW_UNKNOWN))
    sent = set(PaymentKind) - {PaymentKind.ONLINE, PaymentKind.NONE}
    yield from (f"engine.payment.{each.value}" for each in sent)
    yield from (f"engine.row.{each}" for each in ("refund", "store_credit"))
    yield "engine.amount.unknown"


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_every_code_has_words_and_there_are_no_words_without_a_code(language: str) -> None:
    ours = {key for key in catalogue(language).entries if key.startswith("engine.")}
    assert ours == {*codes(), *closed_sets()}
    assert {f"page.remedy.{remedy.value}" for remedy in Remedy} <= catalogue(language).entries.keys()


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_every_finding_of_real_cases_can_be_told(language: str) -> None:
    history = tuple(Past(mark, SHOP_ONLY - timedelta(days=n)) for n in range(9) for mark in Mark)
    limits = Limits(Money(100, "EUR"))
    questions = [
        a_question(),
        a_question(now=AFTER),
        a_question(asked(wanted=Remedy.REPAIR), country=None, history=history, limits=limits),
        a_question(asked("quality.defective", Remedy.REPAIR), AFTER, country="AQ", open_quantity=0),
        a_question(asked("quality.defective", Remedy.REFUND), AFTER, limits=Limits(Money(9_999, "EUR"))),
    ]
    for question in questions:
        for finding in judge(question).findings:
            worded = word_finding(finding, catalogue(language))
            assert worded.text
            assert (worded.clause.citation if worded.clause else "") == finding.clause
            assert len(worded.signs) == len(finding.because)


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_kinds_of_evidence_and_states_of_goods_go_by_their_names(language: str) -> None:
    words = catalogue(language)
    kinds = ",".join(kind.value for kind in Evidence)
    states = ",".join(state.value for state in Condition)
    assert words.text("page.evidence.photo") in finding_text(needs_person("evidence_missing", missing=kinds), words)
    assert words.text("condition.unused") in finding_text(no("condition_unmet", unmet=states), words)


def test_facts_are_written_as_the_language_writes_them() -> None:
    german = catalogue("de")
    found = ok("within_amount_limit", amount=123_456, limit=200_000, currency="EUR")
    assert finding_text(found, german) == "1.234,56\xa0€ liegt in der Grenze"
    late = judge(a_question(now=AFTER)).refusal
    assert late is not None
    assert finding_text(late, german) == "Die letzte Frist endete am Dienstag, 2. Januar 2024 (Ortszeit)."


def test_a_suggestion_shows_its_numbers() -> None:
    question = a_question(asked(), SHOP_ONLY, policy=a_policy(RETURNS))
    worded = word_suggestion(suggest(question, DEAR, too_dear=1_000), catalogue("en"))
    assert worded.because == "The way back costs more than €4.99: offer keeping, a part or credit first."
    assert worded.landed == (
        ("Way back", "€0.00"),
        ("Duty", "€3.50"),
        ("Handling", "€1.50"),
        ("Loss on resale", "€5.00"),
    )
    assert worded.landed_total == "€10.00"
    assert worded.options[0].text == "part of the price back, and you keep the item"
    assert worded.options[0].rows == (("Part of the price", "€14.98"),)


def test_what_is_not_known_says_so() -> None:
    worded = word_suggestion(suggest(a_question(), Costs()), catalogue("en"))
    assert worded.landed_total == "not known"


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_a_refusal_by_rule_is_told_in_the_shoppers_language_and_any_other_is_a_persons(language: str) -> None:
    late, final = no("window_over", day="2026-12-05"), no("final_sale")
    for finding in (late, final):
        told = refusal_text(finding, language)
        assert told
        assert language == "en" or told != refusal_text(finding, "en")
    assert refusal_text(no("condition_unmet", unmet="unused"), language) is None
