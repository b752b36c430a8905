"""The rulebook holds the whole data set, cites a source for whatever it claims, and its files keep their schema."""

import json
import re
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import plugin.domain.law
from plugin.domain.law import eu
from plugin.domain.law.answers import Certainty
from plugin.domain.law.errors import BrokenRulebook, UnknownJurisdiction, UnknownSource
from plugin.domain.law.file_format import to_jurisdiction
from plugin.domain.law.jurisdiction import Block, Jurisdiction
from plugin.domain.law.rulebook import Rulebook
from tests.support.named import named

HERE = Path(plugin.domain.law.__file__).parent
FILES = sorted((HERE / "jurisdictions").glob("*.json"))
PAYLOADS = Path(__file__).parents[2] / "payloads" / "law"
DATA: dict[str, Any] = json.loads((PAYLOADS / "jurisdictions.json").read_text("utf-8"))
SOURCES: dict[str, dict[str, Any]] = json.loads((HERE / "sources.json").read_text("utf-8"))["sources"]
CERTAINTY = {True: Certainty.VERIFIED, "secondary": Certainty.SECONDARY, False: Certainty.UNVERIFIED}

ORIGINALS: list[dict[str, Any]] = DATA["jurisdictions"]


def plain(value: object) -> object:
    """What a typed value was in JSON."""
    if isinstance(value, Certainty):
        return next(raw for raw, sure in CERTAINTY.items() if sure is value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    return plain_record(value) if is_dataclass(value) else value.isoformat() if isinstance(value, date) else value


def plain_record(value: Any) -> dict[str, object]:  # noqa: ANN401  # any dataclass
    """A dataclass as the object it was read from."""
    named = {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return {"verified" if name == "certainty" else name: item for name, item in named.items()}


def arrives(original: object, ours: object) -> bool:
    """Whether everything the data set says is said here too (fields it leaves out may be None here)."""
    if isinstance(original, dict):
        return isinstance(ours, dict) and all(name in ours and arrives(v, ours[name]) for name, v in original.items())
    return original == ours


def test_all_seventy_two_jurisdictions_are_here(rulebook: Rulebook) -> None:
    assert set(rulebook.jurisdictions) == {original["code"] for original in DATA["jurisdictions"]}
    assert len(rulebook.jurisdictions) == 72
    assert rulebook.as_of.isoformat() == DATA["as_of"]


def test_every_field_of_the_data_set_arrives(rulebook: Rulebook) -> None:
    for original in ORIGINALS:
        with named(original["code"]):
            _arrives_whole(original, plain(rulebook.jurisdiction(original["code"])))


def _arrives_whole(original: dict[str, Any], ours: object) -> None:
    assert isinstance(ours, dict)
    for name in ("code", "name", "region", "languages", "timezones"):
        assert ours[name] == original[name]
    assert ours["notices"] == original["notices"]
    beside = {"citation", "verified", "unverified_fields", "notes"}
    for block in ("withdrawal", "guarantee"):
        for name, value in original[block].items():
            if name not in beside:
                assert arrives(value, ours[block][name]), f"{block}.{name}: {value!r} != {ours[block][name]!r}"


def test_every_source_and_unverified_mark_of_the_data_set_arrives(rulebook: Rulebook) -> None:
    for original in ORIGINALS:
        with named(original["code"]):
            _arrives_as_sure(original, rulebook.jurisdiction(original["code"]))


def _arrives_as_sure(original: dict[str, Any], ours: Jurisdiction) -> None:
    for block, read in (("withdrawal", ours.withdrawal.block), ("guarantee", ours.guarantee.block)):
        told = original[block]
        assert list(read.citation) == told["citation"]
        assert read.verified is CERTAINTY[told["verified"]]
        assert list(read.unverified_fields) == told["unverified_fields"]
        assert list(read.notes) == told["notes"]
        for name in told["unverified_fields"]:
            if name in read.provenance:
                assert read.certainty(name) is Certainty.UNVERIFIED, f"{block}.{name}"


def test_every_source_of_the_data_set_arrives(rulebook: Rulebook) -> None:
    for name, told in DATA["sources"].items():
        ours = rulebook.source(name)
        assert (ours.title, ours.url, ours.how) == (told["title"], told["url"], told["how"])
        assert list(ours.file_index_ids) == told.get("file_index_ids", [])


def blocks(rulebook: Rulebook) -> list[tuple[str, Block]]:
    found = []
    for code, jurisdiction in rulebook.jurisdictions.items():
        found += [
            (f"{code} withdrawal", jurisdiction.withdrawal.block),
            (f"{code} guarantee", jurisdiction.guarantee.block),
        ]
    return found


def test_no_field_claims_to_be_verified_without_a_source_that_resolves(rulebook: Rulebook) -> None:
    for name, block in blocks(rulebook):
        for field, provenance in block.provenance.items():
            if provenance.certainty is not Certainty.UNVERIFIED:
                assert provenance.sources, f"{name}.{field}"
            for source in provenance.sources:
                assert rulebook.source(source).citation


def test_every_field_knows_when_it_was_checked(rulebook: Rulebook) -> None:
    for name, block in blocks(rulebook):
        assert all(p.checked_on == rulebook.as_of for p in block.provenance.values()), name


def test_a_country_file_keeps_its_schema_and_name() -> None:
    schema = json.loads((HERE / "jurisdiction.schema.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
    for file in FILES:
        with named(file.stem):
            raw = json.loads(file.read_text("utf-8"))
            validator.validate(raw)
            assert file.stem == raw["code"].lower()


def test_no_country_file_repeats_what_the_shared_rules_say() -> None:
    for file in FILES:
        raw = json.loads(file.read_text("utf-8"))
        if raw["follows"] is not None:
            with named(file.stem):
                _repeats_nothing(raw)


def _repeats_nothing(raw: dict[str, Any]) -> None:
    for block, rules in (("withdrawal", eu.WITHDRAWAL_RULES), ("guarantee", eu.GUARANTEE_RULES)):
        for rule in rules:
            for name, value in rule.sets.items():
                national = raw[block]["fields"].get(name)
                assert national is None or national["value"] != value, f"{block}.{name}"


@pytest.mark.parametrize(
    ("field", "value"), [("days", "14"), ("unit", "weeks"), ("exists", None), ("not_informed_extension", 12)]
)
def test_a_value_of_the_wrong_kind_is_refused_by_schema_and_reader_alike(field: str, value: object) -> None:
    raw = json.loads((HERE / "jurisdictions" / "kr.json").read_text("utf-8"))
    raw["withdrawal"]["fields"][field]["value"] = value
    schema = json.loads((HERE / "jurisdiction.schema.json").read_text("utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(raw, schema)
    with pytest.raises((BrokenRulebook, ValueError)):
        to_jurisdiction(raw, "kr.json")


def test_each_shared_rule_names_article_start_and_check() -> None:
    for rule in (*eu.WITHDRAWAL_RULES, *eu.GUARANTEE_RULES):
        assert rule.sources
        assert rule.valid_from <= rule.checked_on


def test_an_article_is_cited_with_its_text(rulebook: Rulebook) -> None:
    assert rulebook.source("CRD art. 9").citation == "Directive 2011/83/EU art. 9"
    with pytest.raises(UnknownSource):
        rulebook.source("NOWHERE art. 1")


# What belongs in `title` and `how`: addresses, repositories, ids of stored files, "DE: what we found".
NOTE = re.compile(r"https?\b|www\.|repo|\([^)]*(?:\bids?\b|\d{9,})|\b(?:[A-Z]{2}|Quebec):", re.IGNORECASE)


def is_citation(text: str) -> bool:
    """Whether shoppers may read this as the source of a rule."""
    return 0 < len(text) <= 80 and text == text.strip() and NOTE.search(text) is None


def test_every_source_is_cited_as_lawyers_do_rather_than_by_a_research_note(rulebook: Rulebook) -> None:
    for name, source in SOURCES.items():
        with named(name):
            citation = rulebook.source(name).citation
            assert citation == source["short"]
            assert is_citation(citation), citation


@pytest.mark.parametrize(
    "note",
    [
        "DE: reversal of proof stays one year",
        "Quebec: CPA s.54.13",
        "articles quoted in repository files",
        "pages agree (ids 69424363782, 62159763044)",
        "https://kedemspahouse.com",
        "OUG 140/2021 " * 7,
    ],
)
def test_a_research_note_is_no_citation(note: str) -> None:
    assert not is_citation(note.strip())


def test_the_disclaimer_is_for_readers_and_explains_the_marks_answers_carry(rulebook: Rulebook) -> None:
    assert rulebook.disclaimer.startswith("Information computed from published law; not legal advice.")
    for mark in (Certainty.SECONDARY, Certainty.UNVERIFIED):
        assert f"marked {mark}" in rulebook.disclaimer
    assert not re.search(r"[=\[\]]|research|author", rulebook.disclaimer, re.IGNORECASE)


def test_a_subdivision_with_its_own_law_wins_over_its_country(rulebook: Rulebook) -> None:
    assert rulebook.jurisdiction("CA", "CA-QC").code == "CA-QC"
    assert rulebook.jurisdiction("CA", "CA-ON").code == "CA"
    assert rulebook.jurisdiction("DE", "DE-BY").code == "DE"


def test_a_country_nobody_researched_is_unknown_rather_than_guessed(rulebook: Rulebook) -> None:
    with pytest.raises(UnknownJurisdiction):
        rulebook.jurisdiction("AQ")
    assert rulebook.known("AQ") is None


@pytest.mark.parametrize(
    ("country", "subdivision", "law"), [("CA", "CA-QC", "CA-QC"), ("CA", "CA-ON", "CA"), ("DE", None, "DE")]
)
def test_law_that_is_known_is_the_same_however_it_is_asked_for(
    rulebook: Rulebook, country: str, subdivision: str | None, law: str
) -> None:
    found = rulebook.known(country, subdivision)
    assert found is rulebook.jurisdictions[law]
    assert found is rulebook.jurisdiction(country, subdivision)


def test_the_version_names_state_and_content(rulebook: Rulebook) -> None:
    as_of, _, digest = rulebook.version.partition("+")
    assert as_of == "2026-11-21"
    assert len(digest) == 12


def test_who_pays_the_return_is_known_everywhere(rulebook: Rulebook) -> None:
    def payer(jurisdiction: Jurisdiction) -> str:
        return jurisdiction.withdrawal.who_pays_return

    assert payer(rulebook.jurisdiction("DE")) == "consumer_if_informed_else_trader"
    assert payer(rulebook.jurisdiction("TW")) == "trader"
    assert all(payer(jurisdiction) for jurisdiction in rulebook.jurisdictions.values())
