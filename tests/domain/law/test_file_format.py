"""A country file with every field filled in is read field by field, each with where it comes from."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

import plugin.domain.law
from plugin.domain.law.answers import Certainty
from plugin.domain.law.errors import BrokenRulebook
from plugin.domain.law.file_format import to_jurisdiction
from plugin.domain.law.jurisdiction import GuaranteeLaw, Provenance, RefundFrom, Unit, WithdrawalLaw

FILES = Path(plugin.domain.law.__file__).parent / "jurisdictions"
WITHDRAWAL: dict[str, Any] = {
    "exists": True,
    "days": 7,
    "unit": "business",
    "day_of_event_counted": True,
    "starts": "delivery_last_item",
    "weekend_rule": "next_working_day",
    "period_end": "end_of_last_day_local",
    "who_pays_return_default": "consumer",
    "exceptions": ["perishable"],
    "condition": "disclosure_defect_only",
    "starts_detail": {"single_good": "first"},
    "may_exercise_before_start": False,
    "weekend_rule_basis": "art. 1",
    "timely_if": "statement_sent_before_end",
    "not_informed_extension": {
        "months": 3,
        "counted_from": "delivery",
        "days_total": 90,
        "if_informed_within_months": 5,
        "then_days_from_information": 6,
        "note": "read",
    },
    "refund_days": 15,
    "refund_from": "cancelled",
    "refund_unit": "business",
    "may_withhold_until": "goods_back",
    "refund_standard_delivery_cost": False,
    "refund_supplementary_delivery_cost": True,
    "same_means_of_payment": False,
    "return_days": 8,
    "return_from": "trader",
    "return_met_by": "arrival",
    "diminished_value_liability": "none",
    "withdrawal_function": {
        "required": True,
        "since": "2026-10-01",
        "national_basis": "art. 2",
        "verified": "secondary",
        "note": "read too",
    },
    "also_needs": ["contract"],
    "late_information_days": 9,
    "document_is_information": True,
    "days_without_copy": 30,
    "protected_groups": {"months": 4, "groups": ["senior"], "condition": "conversation"},
    "cancellation_fee": {"rate": 500, "minor": 10_000, "currency": "ILS"},
}
GUARANTEE: dict[str, Any] = {
    "kind": "fixed",
    "months": 36,
    "display_min_months": 24,
    "burden_of_proof_months": 18,
    "second_hand_months": 6,
    "starts": "delivery",
    "weekend_rule": "none",
    "repair_extension_months": 11,
    "limitation": "art. 3",
    "second_hand_needs_agreement": True,
    "repair_extension": {"once": False, "contracts_from": "2026-08-01", "basis": "art. 4", "note": "read as well"},
    "notify_within_months": 2,
    "remedies": "repair_first",
    "extra": {"long_life_goods_months": 60},
}


def told(value: object, number: int) -> dict[str, object]:
    """A field with a history of its own, so that no two could be mistaken for each other."""
    return {
        "value": value,
        "verified": [True, "secondary", False][number % 3],
        "sources": [f"S{number}"],
        "valid_from": date(2000 + number, 1, 1).isoformat(),
        "valid_to": date(2050 + number, 1, 1).isoformat() if number % 2 else None,
    }


def a_file(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    def block(values: Mapping[str, Any], name: str) -> dict[str, Any]:
        return {
            "sources": [f"{name} act"],
            "verified": "secondary",
            "unverified_fields": ["days"],
            "notes": [f"{name} read"],
            "fields": {field: told(value, number) for number, (field, value) in enumerate(values.items())},
        }

    whole = {
        "code": "QQ",
        "name": "Quarkland",
        "region": "Nowhere",
        "languages": ["qq"],
        "timezones": ["UTC"],
        "follows": None,
        "checked_on": "2026-11-20",
        "notices": {"a": "b"},
        "withdrawal": block(WITHDRAWAL, "withdrawal"),
        "guarantee": block(GUARANTEE, "guarantee"),
    }
    return {**whole, **changed}


def plain(value: object) -> object:
    if isinstance(value, Enum):
        return {Certainty.SECONDARY: "secondary"}.get(value, value.value)  # type: ignore[call-overload]  # any enumeration
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        named = {field.name: plain(getattr(value, field.name)) for field in fields(value)}  # type: ignore[arg-type]  # as asked
        return {"verified" if name == "certainty" else name: each for name, each in named.items()}
    return value


def test_every_field_that_a_country_may_state_is_read() -> None:
    read = to_jurisdiction(a_file(), "qq.json")
    assert (read.code, read.name, read.region, read.languages, read.timezones, dict(read.notices)) == (
        "QQ", "Quarkland", "Nowhere", ("qq",), ("UTC",), {"a": "b"},
    )  # fmt: skip
    for law, values in ((read.withdrawal, WITHDRAWAL), (read.guarantee, GUARANTEE)):
        assert {field.name for field in fields(law)} == {"block", *values}
        assert {name: plain(getattr(law, name)) for name in values} == values


def test_every_field_knows_its_sources_how_sure_it_is_and_when_it_holds() -> None:
    read = to_jurisdiction(a_file(), "qq.json")
    sure = (Certainty.VERIFIED, Certainty.SECONDARY, Certainty.UNVERIFIED)
    for name, law, values in (("withdrawal", read.withdrawal, WITHDRAWAL), ("guarantee", read.guarantee, GUARANTEE)):
        block = law.block
        assert (block.citation, block.verified, block.unverified_fields, block.notes) == (
            (f"{name} act",), Certainty.SECONDARY, ("days",), (f"{name} read",),
        )  # fmt: skip
        assert dict(block.provenance) == {
            field: Provenance(
                (f"S{number}",),
                sure[number % 3],
                date(2000 + number, 1, 1),
                date(2050 + number, 1, 1) if number % 2 else None,
                date(2026, 11, 20),
            )
            for number, field in enumerate(values)
        }


NEEDED: dict[type, set[str]] = {
    WithdrawalLaw: {"exists", "day_of_event_counted", "period_end", "who_pays_return_default"},
    GuaranteeLaw: {"kind", "starts", "weekend_rule"},
}
ABSENT = {"refund_from": RefundFrom.TRADER_INFORMED, "refund_unit": Unit.CALENDAR, "document_is_information": False}


@pytest.mark.parametrize("block", ["withdrawal", "guarantee"])
def test_what_a_country_leaves_out_is_nothing_or_the_ordinary_and_what_it_needs_is_named(block: str) -> None:
    whole = a_file()
    for name in whole[block]["fields"]:
        kept = {field: value for field, value in whole[block]["fields"].items() if field != name}
        shorter = a_file(**{block: {**whole[block], "fields": kept}})
        law = getattr(to_jurisdiction(whole, "qq.json"), block)
        if name in NEEDED[type(law)]:
            with pytest.raises(BrokenRulebook) as broken:
                to_jurisdiction(shorter, "qq.json")
            assert broken.value.facts == {"jurisdiction": f"QQ.{block}", "field": name}
            continue
        found = getattr(getattr(to_jurisdiction(shorter, "qq.json"), block), name)
        assert found == ABSENT.get(name, () if isinstance(getattr(law, name), tuple) else None), name


def test_a_file_that_does_not_say_when_it_was_checked_is_named() -> None:
    with pytest.raises(BrokenRulebook) as broken:
        to_jurisdiction(a_file(checked_on=None), "qq.json")
    assert broken.value.facts == {"jurisdiction": "QQ", "field": "checked_on"}
    extension = {**GUARANTEE["repair_extension"], "contracts_from": None}
    whole = a_file()
    whole["guarantee"]["fields"]["repair_extension"]["value"] = extension
    with pytest.raises(BrokenRulebook) as broken:
        to_jurisdiction(whole, "qq.json")
    assert broken.value.facts == {"jurisdiction": "repair_extension", "field": "contracts_from"}


def test_a_member_state_has_the_shared_rules_with_its_own_over_them() -> None:
    raw = json.loads((FILES / "de.json").read_text("utf-8"))
    raw["withdrawal"]["unverified_fields"] = ["refund_days"]
    raw["withdrawal"]["fields"]["days"] = told(15, 1)
    read = to_jurisdiction(raw, "de.json").withdrawal
    assert (read.days, read.refund_days, read.block.sources("refund_days")) == (15, 14, ("CRD art. 13",))
    assert read.block.certainty("refund_days") is Certainty.UNVERIFIED
    assert read.block.provenance["refund_days"].valid_from == date(2014, 6, 13)
    assert read.block.provenance["refund_days"].valid_to is None
    assert read.block.provenance["days"].sources == ("S1",)
    notices = to_jurisdiction({**raw, "notices": {"own": "x"}}, "de.json").notices
    assert notices["own"] == "x"
    assert len(notices) > 1
    assert dict(to_jurisdiction({**raw, "follows": "eea", "notices": {"own": "x"}}, "de.json").notices) == {"own": "x"}
