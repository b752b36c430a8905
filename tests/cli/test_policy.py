"""`aftercare policy` as a merchant's developer runs it."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from plugin.domain.policy.lint.registry import RULES
from plugin.i18n import DESK_LANGUAGES, catalogue
from tests.cli.conftest import Run, lines_of

ROOT = Path(__file__).parents[2]
SMALL_SHOP = ROOT / "docs" / "policies" / "small-shop.json"


@pytest.fixture
def policy() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(SMALL_SHOP.read_text("utf-8"))
    return document


def encoded(document: object) -> bytes:
    return json.dumps(document).encode()


def test_a_lawful_policy_passes(run: Run) -> None:
    result = run("policy", "lint", SMALL_SHOP)
    assert result.exit_code == 0
    assert result.stdout.startswith("errors 0, warnings 0. Law as of 2026-11-21")


def test_what_the_law_forbids_is_told_with_clause_article_certainty_and_fix(run: Run, policy: dict[str, Any]) -> None:
    policy["markets"][0]["rules"][1]["window"]["length"] = 7
    result = run("policy", "lint", "-", stdin=encoded(policy))
    assert result.exit_code == 1
    for told in ("markets.0.rules.1.window", "Directive 2011/83/EU art. 9", "The law was read", "Promise at least"):
        assert told in result.stdout
    assert "errors 1, warnings 0." in result.stdout


def test_as_json_each_finding_is_a_line_a_program_can_act_on(run: Run, policy: dict[str, Any]) -> None:
    policy["markets"][0]["rules"][0]["fee"] = {"rate": 1000}
    result = run("policy", "lint", "--json", "--language", "de", "-", stdin=encoded(policy))
    (finding,) = lines_of(result)
    assert result.exit_code == 1
    assert finding["field"] == "markets.0.rules.0.fee"
    assert finding["fix"] == {"path": "markets.0.rules.0.fee", "value": None}
    assert (finding["severity"], finding["certainty"], finding["clause"]) == ("error", "verified", "withdrawal")
    assert {"id": "CRD art. 13", "citation": "Directive 2011/83/EU art. 13"} in finding["basis"]
    assert finding["title"] == "Ein Widerruf darf diese Gebühr nicht kosten"


def test_a_warning_alone_refuses_nothing(run: Run, policy: dict[str, Any]) -> None:
    policy["markets"][0]["texts"] = [{"en": "Refunds are quick."}]
    result = run("policy", "lint", "--json", "-", stdin=encoded(policy))
    assert [finding["severity"] for finding in lines_of(result)] == ["warning"]
    assert result.exit_code == 0


def test_a_live_shop_needs_a_withdrawal_function_that_can_be_reached(run: Run) -> None:
    codes = {finding["code"] for finding in lines_of(run("policy", "lint", "--json", "--live", SMALL_SHOP))}
    assert codes == {"withdrawal_function_missing"}
    assert run("policy", "lint", "--live", "--withdrawal-function", SMALL_SHOP).exit_code == 0
    assert run("policy", "lint", "--live", "--today", "2026-06-18", SMALL_SHOP).exit_code == 0


def test_a_file_that_is_no_policy_is_told_field_by_field(run: Run) -> None:
    result = run("policy", "lint", "-", stdin=b'{"format": 1, "id": 3, "effective_from": "2026-01-01T00:00:00Z"}')
    assert result.exit_code == 1
    assert "  id: wrong_type" in result.stderr
    assert "  default: missing" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("text", [b"{", b"\xff\xfe", b"[" * 100_000], ids=["cut short", "not UTF-8", "endless"])
def test_a_file_that_is_not_json_is_told_in_a_sentence(run: Run, text: bytes) -> None:
    result = run("policy", "lint", "-", stdin=text)
    assert result.exit_code == 1
    assert "is not JSON." in result.stderr


def test_names_with_brackets_are_shown_as_they_are(run: Run, policy: dict[str, Any]) -> None:
    policy["markets"][0]["market"] = "[bold]EU[/bold]"
    policy["markets"][0]["rules"][0]["fee"] = {"rate": 1000}
    assert "[bold]EU[/bold]" in run("policy", "lint", "-", stdin=encoded(policy)).stdout


def test_the_schema_accepts_what_is_documented(run: Run, policy: dict[str, Any]) -> None:
    schema = json.loads(run("policy", "schema").stdout)
    Draft202012Validator(schema).validate(policy)


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_every_rule_has_words_in_every_language_of_the_desk(language: str) -> None:
    words = catalogue(language)
    assert {code for code in RULES if not {f"lint.{code}.title", f"lint.{code}.why"} <= words.entries.keys()} == set()
    known = {key.split(".")[1] for key in words.entries if key.startswith("lint.")}
    assert known == {*RULES, "severity", "certainty"}
