"""The linter as a whole: what it makes of presets, of the law only, of everything at once."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugin.domain.law.answers import Certainty
from plugin.domain.policy.document import read_policy, write_policy
from plugin.domain.policy.lint import Finding, Fix, Severity, apply_fix
from plugin.domain.policy.lint.registry import RULES
from plugin.domain.policy.presets import law_only, preset, preset_names
from plugin.domain.policy.terms import Condition, Payer, RefundMeans, RefundStart
from plugin.domain.remedy import Remedy
from tests.support.sizes import examples

Check = Callable[..., tuple[Finding, ...]]
Document = Mapping[str, object]
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def filled_in(clean: Document) -> Callable[[str], Document]:
    """A preset with what only the merchant can say: who sells, and where goods go back to."""

    def filled(name: str) -> Document:
        default = clean["default"]
        assert isinstance(default, dict)
        document = write_policy(preset(name, SINCE))
        for path, value in (("default.trader", default["trader"]), ("return_addresses", clean["return_addresses"])):
            document = apply_fix(document, Fix(path, value))
        return document

    return filled


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_free_of_errors_once_the_merchant_has_said_who_sells(
    name: str, filled_in: Callable[[str], Document], check: Check
) -> None:
    found = check(filled_in(name), is_live=True)
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []


def test_no_rule_finds_something_in_every_preset(filled_in: Callable[[str], Document], check: Check) -> None:
    found = [{finding.code for finding in check(filled_in(name))} for name in preset_names()]
    assert set.intersection(*found) == set()


def test_the_law_alone_lacks_only_who_sells(check: Check) -> None:
    found = check(write_policy(law_only(SINCE)))
    assert {finding.code for finding in found} == {"trader_missing", "return_address_missing"}


def test_a_part_of_a_country_is_no_country_of_the_default_market(check: Check) -> None:
    found = check(write_policy(law_only(SINCE)))
    assert not any("-" in country for finding in found for country in finding.countries)


def test_every_finding_carries_the_code_of_the_rule_that_found_it(clean: Document, check: Check) -> None:
    broken = apply_fix(
        clean, Fix("markets.0.texts", [{"en": "All sales final. Quick refunds. Our 14-day returns gift."}])
    )
    found = check(broken)
    assert {finding.code for finding in found} == {"right_denied", "vague_promise", "legal_right_as_gift"}
    assert {finding.code for finding in found} <= RULES.keys()


def test_errors_come_first(clean: Document, check: Check) -> None:
    broken = apply_fix(clean, Fix("markets.0.texts", [{"en": "Quick refunds. All sales final."}]))
    assert [finding.severity.value for finding in check(broken)] == ["error", "warning"]


def test_removing_one_sentence_leaves_the_others(clean: Document, check: Check) -> None:
    broken = apply_fix(clean, Fix("markets.0.texts", [{"en": "Thank you. All sales final. You have 30 days."}]))
    (finding,) = check(broken)
    assert finding.fix == Fix("markets.0.texts.0.en", "Thank you. You have 30 days.")


withdrawals = st.fixed_dictionaries(
    {"id": st.just("withdrawal"), "track": st.just("withdrawal")},
    optional={
        "payers": st.fixed_dictionaries(
            {}, optional={f: st.sampled_from(list(Payer)) for f in ("none", "buyer", "seller", "carrier")}
        ),
        "fee": st.fixed_dictionaries({"rate": st.integers(0, 10_000)}),
        "conditions": st.lists(st.sampled_from(list(Condition)), unique=True),
        "is_final_sale": st.booleans(),
        "refund": st.fixed_dictionaries(
            {"days": st.integers(0, 60)},
            optional={"start": st.sampled_from(list(RefundStart)), "means": st.sampled_from(list(RefundMeans))},
        ),
        "offers": st.lists(st.fixed_dictionaries({"remedy": st.sampled_from(list(Remedy))}), max_size=3),
    },
)
returns = st.fixed_dictionaries(
    {"id": st.just("returns"), "track": st.just("return")},
    optional={
        "window": st.fixed_dictionaries(
            {"length": st.integers(1, 90)}, optional={"counting": st.sampled_from(["calendar", "working"])}
        ),
        "clock": st.lists(st.sampled_from(["delivered", "shipped", "ordered"]), min_size=1, max_size=2, unique=True),
        "is_final_sale": st.booleans(),
        "payers": st.fixed_dictionaries({}, optional={f: st.sampled_from(list(Payer)) for f in ("none", "seller")}),
    },
)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rules=st.lists(st.one_of(withdrawals, returns), min_size=1, max_size=2, unique_by=lambda rule: rule["id"]),
    market=st.integers(0, 4),
)
def test_any_fix_removes_its_finding_and_adds_no_error(
    rules: list[dict[str, object]], market: int, clean: Document, check: Check
) -> None:
    document = apply_fix(clean, Fix(f"markets.{market}.rules", json.loads(json.dumps(rules))))
    before = check(document)
    for finding in before:
        if finding.fix is None:
            continue
        after = check(apply_fix(write_policy(read_policy(document)), finding.fix))
        assert (finding.code, finding.field) not in {(each.code, each.field) for each in after}
        assert _errors(after) <= _errors(before)


def _errors(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert all(finding.certainty is not Certainty.UNVERIFIED for finding in errors)
    return {(finding.code, finding.field) for finding in errors}
