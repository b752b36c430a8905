"""Policy documents: what is right comes back the same, what is wrong is all reported."""

import json
from datetime import UTC, datetime

import pytest
from jsonschema import Draft202012Validator

from plugin.domain.policy.document import InvalidPolicy, read_policy, schema, write_policy
from plugin.domain.policy.presets import law_only, preset, preset_names
from plugin.domain.policy.terms import Payer, Track

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
LEAST = {"format": 1, "id": "1", "effective_from": "2026-01-01T00:00:00Z", "default": {"market": "all"}}


def faults_of(document: object) -> set[tuple[str, str]]:
    with pytest.raises(InvalidPolicy) as caught:
        read_policy(document)
    return {(fault.field, fault.code) for fault in caught.value.faults}


@pytest.mark.parametrize("name", preset_names())
def test_a_policy_written_down_is_read_back_the_same(name: str) -> None:
    version = preset(name, SINCE)
    assert read_policy(json.loads(json.dumps(write_policy(version)))) == version


def test_promising_nothing_takes_four_fields() -> None:
    assert write_policy(law_only(SINCE)).keys() == {"format", "id", "effective_from", "default"}
    assert read_policy(write_policy(law_only(SINCE))) == law_only(SINCE)


def test_what_a_document_leaves_out_is_not_promised() -> None:
    market = read_policy(LEAST).for_country("DE")
    assert market.rules == ()
    assert market.disclosure.is_informed is None
    bare = {"market": "all", "rules": [{"id": "r", "track": "return"}]}
    (rule,) = read_policy({**LEAST, "default": bare}).default.rules
    assert (rule.track, rule.window) == (Track.RETURN, None)
    assert (rule.payers.none, rule.payers.seller) == (Payer.UNKNOWN, Payer.SHOP)


def test_every_fault_is_reported_with_its_field() -> None:
    wrong = {
        "format": 1,
        "id": 7,
        "effective_from": "2026-01-01T00:00:00Z",
        "colour": "red",
        "home_country": "Germany",
        "default": {"market": "all", "rules": [{"id": "a", "track": "return", "window": {"length": -1}}]},
        "markets": [
            {"market": "a", "countries": ["DE"], "rules": [{"track": "gift"}], "disclosure": {"is_informed": "yes"}},
            7,
            {"countries": ["Germany"]},
        ],
    }
    assert faults_of(wrong) == {
        ("id", "wrong_type"),
        ("colour", "unknown_field"),
        ("home_country", "malformed"),
        ("default.rules.0.window.length", "out_of_range"),
        ("markets.0.rules.0.id", "missing"),
        ("markets.0.rules.0.track", "not_a_choice"),
        ("markets.0.disclosure.is_informed", "wrong_type"),
        ("markets.1", "wrong_type"),
        ("markets.2.market", "missing"),
        ("markets.2.countries.0", "malformed"),
    }


@pytest.mark.parametrize(("track", "unit"), [("return", "days"), ("exchange", "days"), ("warranty", "months")])
def test_a_term_beyond_reason_is_refused(track: str, unit: str) -> None:
    rule = {"id": "a", "track": track, "window": {"length": 4000, "unit": unit}}
    wrong = {**LEAST, "default": {"market": "all", "rules": [rule]}}
    assert faults_of(wrong) == {("default.rules.0.window.length", "out_of_range")}


def test_what_no_schema_can_say_is_reported_too() -> None:
    season = {"first": "2026-12-31", "last": "2026-11-01"}
    rules = [
        {"id": "r", "track": "return", "return_to": "nowhere"},
        {"id": "r", "track": "return", "scope": {"season": season}},
    ]
    markets = [
        {"market": "a", "countries": ["DE"], "rules": rules},
        {"market": "b", "countries": ["DE"]},
        {"market": "c"},
    ]
    assert faults_of({**LEAST, "markets": markets}) == {
        ("markets.0.countries", "country_in_two_markets"),
        ("markets.1.countries", "country_in_two_markets"),
        ("markets.2.countries", "missing"),
        ("markets.0.rules.0.id", "repeated"),
        ("markets.0.rules.1.id", "repeated"),
        ("markets.0.rules.0.return_to", "unknown_address"),
        ("markets.0.rules.1.scope.season", "ends_before_it_begins"),
    }


@pytest.mark.parametrize("instant", ["yesterday", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00", ""])
def test_a_version_needs_an_instant_with_its_offset(instant: str) -> None:
    assert faults_of({**LEAST, "effective_from": instant}) == {("effective_from", "malformed")}


@pytest.mark.parametrize("document", [None, 7, "policy", [], [{}]])
def test_what_is_no_object_is_no_policy(document: object) -> None:
    assert faults_of(document) == {("", "wrong_type")}


def test_the_schema_is_one_every_validator_takes() -> None:
    Draft202012Validator.check_schema(schema())
    assert "additionalProperties" in json.dumps(schema())
