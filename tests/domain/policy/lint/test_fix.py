"""A fix changes one place of a document and leaves the rest, and the document given, alone."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.policy.edit import UnknownPath
from plugin.domain.policy.lint.fix import Fix, apply_fix

names = st.sampled_from(["a", "b", "c"])
leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
documents = st.dictionaries(names, st.recursive(leaves, lambda part: st.lists(part) | st.dictionaries(names, part)))


def test_a_value_is_put_where_the_path_says_and_objects_on_the_way_are_made() -> None:
    document = {"markets": [{"rules": [{"id": "r"}]}]}
    fixed = apply_fix(document, Fix("markets.0.rules.0.fee.rate", 500))
    assert fixed == {"markets": [{"rules": [{"id": "r", "fee": {"rate": 500}}]}]}
    assert document == {"markets": [{"rules": [{"id": "r"}]}]}


def test_none_removes_a_field_or_an_item() -> None:
    assert apply_fix({"a": 1, "b": 2}, Fix("a")) == {"b": 2}
    assert apply_fix({"a": [1, 2, 3]}, Fix("a.1")) == {"a": [1, 3]}
    assert apply_fix({"a": {}}, Fix("a.b")) == {"a": {}}


def test_one_past_the_end_of_a_list_appends() -> None:
    assert apply_fix({"a": [1]}, Fix("a.1", 2)) == {"a": [1, 2]}


@pytest.mark.parametrize("path", ["a.2", "a.x", "b.c"])
def test_a_place_that_is_no_longer_there_is_told(path: str) -> None:
    with pytest.raises(UnknownPath) as caught:
        apply_fix({"a": [1], "b": "text"}, Fix(path, 1))
    assert caught.value.facts == {"field": path}


@given(documents, names, leaves)
def test_a_fix_never_touches_the_document_it_is_given(document: dict[str, object], name: str, value: object) -> None:
    before = copy.deepcopy(document)
    fixed = apply_fix(document, Fix(name, value))
    assert document == before
    assert fixed.get(name) == value
    assert {key: part for key, part in fixed.items() if key != name} == {
        key: part for key, part in document.items() if key != name
    }
