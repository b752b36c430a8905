"""Policy documents: what is right comes back the same, what is wrong is all reported."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.policy import Payer, PolicyVersion
from plugin.domain.policy_document import InvalidPolicy, read_policy, write_policy
from plugin.domain.policy_presets import european_demo, law_only

SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("preset", [law_only, european_demo])
def test_a_policy_written_down_is_read_back_the_same(preset: Callable[[datetime], PolicyVersion]) -> None:
    assert read_policy(write_policy(preset(SINCE))) == preset(SINCE)


def test_what_a_document_leaves_out_is_not_promised() -> None:
    version = read_policy({"id": "1", "effective_from": "2026-01-01T00:00:00Z", "default": {"market": "all"}})
    market = version.for_country("DE")
    assert (market.return_days, market.exchange_days, market.warranty_months) == (None, None, 0)
    assert market.return_payer is Payer.UNKNOWN
    assert market.is_informed is None


def test_every_fault_is_reported_with_its_field() -> None:
    wrong = {
        "id": "",
        "effective_from": "yesterday",
        "colour": "red",
        "home_country": "Germany",
        "default": {"market": "all", "return_days": -1, "warranty_months": True},
        "markets": [
            {"market": "a", "countries": ["DE"], "return_payer": "nobody", "is_informed": "yes"},
            {"market": "b", "countries": ["DE", "Germany"]},
            {"market": "c"},
            7,
            {"market": "d", "countries": ["DE"]},
        ],
    }
    with pytest.raises(InvalidPolicy) as caught:
        read_policy(wrong)
    assert {(fault.field, fault.code) for fault in caught.value.faults} == {
        ("id", "not_a_text"),
        ("effective_from", "not_an_instant"),
        ("colour", "unknown_field"),
        ("home_country", "not_a_country_code"),
        ("default.return_days", "not_a_count"),
        ("default.warranty_months", "not_a_count"),
        ("markets.0.return_payer", "not_a_payer"),
        ("markets.0.is_informed", "not_yes_or_no"),
        ("markets.0.countries", "country_in_two_markets"),
        ("markets.1.countries", "not_country_codes"),
        ("markets.2.countries", "missing"),
        ("markets.3", "not_an_object"),
        ("markets.3.market", "missing"),
        ("markets.3.countries", "missing"),
        ("markets.4.countries", "country_in_two_markets"),
    }


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
)


@given(json_values)
def test_no_document_breaks_the_reader(document: object) -> None:
    with pytest.raises(InvalidPolicy):
        read_policy(document)


@given(st.sampled_from(["id", "effective_from", "default", "markets", "home_country"]), json_values)
def test_a_field_of_any_shape_is_read_or_reported(key: str, value: object) -> None:
    document = {**write_policy(european_demo(SINCE)), key: value}
    try:
        version = read_policy(document)
    except InvalidPolicy as error:
        faults = error.faults
    else:
        faults = ()
        assert read_policy(write_policy(version)) == version
    assert all(fault.field.split(".")[0] == key for fault in faults)
