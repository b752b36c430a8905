"""Every lint rule is shown what it has to find and what it has to leave alone, each with its source."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from plugin.domain.law.answers import Certainty
from plugin.domain.policy.document import read_policy, write_policy
from plugin.domain.policy.lint import Finding, Fix, Severity, apply_fix
from plugin.domain.policy.lint.registry import RULES
from tests.support.named import named

Check = Callable[..., tuple[Finding, ...]]
Document = Mapping[str, object]
FOLDER = Path(__file__).parent / "examples"
EXAMPLES: dict[str, list[dict[str, Any]]] = {
    path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
each_rule = pytest.mark.parametrize("code", EXAMPLES)


def patched(clean: Document, example: Mapping[str, Any]) -> Document:
    document = clean
    for path, value in example["patch"].items():
        document = apply_fix(document, Fix(path, value))
    return document


def found(code: str, clean: Document, example: Mapping[str, Any], check: Check) -> list[Finding]:
    findings = check(patched(clean, example), **example.get("circumstances", {}))
    return [finding for finding in findings if finding.code == code]


def test_nothing_is_wrong_with_the_policy_the_examples_change(clean: Document, check: Check) -> None:
    assert check(clean, is_live=True) == ()


def test_every_rule_has_good_and_bad_examples_with_their_source() -> None:
    assert EXAMPLES.keys() == RULES.keys()
    for code, examples in EXAMPLES.items():
        assert any(example["expected"] for example in examples), f"{code}: no bad example"
        assert any(not example["expected"] for example in examples), f"{code}: no good example"
        assert all(example["source"] for example in examples), code


@each_rule
def test_a_rule_finds_what_is_wrong_and_nothing_else(code: str, clean: Document, check: Check) -> None:
    for example in EXAMPLES[code]:
        with named(example["what"]):
            told = [
                {"field": f.field, "severity": f.severity.value, "countries": list(f.countries)}
                for f in found(code, clean, example, check)
            ]
            expected = example["expected"]
            assert told == [{"countries": one["countries"], **each} for one, each in zip(told, expected, strict=False)]
            assert len(told) == len(expected)


@each_rule
def test_an_error_rests_on_law_somebody_read(code: str, clean: Document, check: Check) -> None:
    for example in EXAMPLES[code]:
        for finding in found(code, clean, example, check):
            with named(example["what"]):
                if finding.certainty is Certainty.UNVERIFIED:
                    assert finding.severity is Severity.WARNING
                if finding.severity is Severity.ERROR and code != "money_nonsense":
                    assert finding.basis
                    assert finding.countries


@each_rule
def test_a_fix_removes_its_finding_and_breaks_nothing_else(code: str, clean: Document, check: Check) -> None:
    for example in EXAMPLES[code]:
        with named(example["what"]):
            _mended(code, write_policy(read_policy(patched(clean, example))), example.get("circumstances", {}), check)


def _mended(code: str, document: Document, about: Mapping[str, Any], check: Check) -> None:
    before = check(document, **about)
    for finding in (finding for finding in before if finding.code == code and finding.fix):
        assert finding.fix is not None
        after = check(apply_fix(document, finding.fix), **about)
        assert (finding.code, finding.field) not in {
            (one.code, one.field) for one in after if one.severity is finding.severity
        }
        assert errors(after) <= errors(before)


def errors(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    return {(finding.code, finding.field) for finding in findings if finding.severity is Severity.ERROR}
