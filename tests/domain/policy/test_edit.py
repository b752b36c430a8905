"""A document is changed by path; every change can be taken back, and nothing is changed in place."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.policy.document import write_policy
from plugin.domain.policy.edit import Action, Change, Document, UnknownPath, edited
from plugin.domain.policy.lint import Fix, apply_fix
from plugin.domain.policy.terms import Window
from plugin.domain.policy.version import PolicyVersion
from tests.build import a_market, a_policy
from tests.domain.policy.versions import versions

RULE = {"id": "sale", "track": "return"}


def a_document() -> dict[str, Any]:
    return {
        "format": 1,
        "default": {
            "market": "everywhere",
            "rules": [{**RULE, "window": {"length": 14}}, {"id": "b", "track": "return"}],
        },
    }


def after(*changes: Change) -> Any:  # noqa: ANN401 - a document, as JSON has it
    document = a_document()
    before = deepcopy(document)
    there, back = edited(document, changes)
    assert document == before, "changed in place"
    assert edited(there, back)[0] == before, "not taken back"
    return there


def test_a_value_is_set_by_its_path() -> None:
    assert after(Change("default.rules.0.window.length", 30))["default"]["rules"][0]["window"] == {"length": 30}


def test_null_is_a_value_and_removing_leaves_the_field_out() -> None:
    assert after(Change("default.rules.0.window.length", None))["default"]["rules"][0]["window"] == {"length": None}
    assert after(Change.remove("default.rules.0.window"))["default"]["rules"][0] == RULE


def test_what_the_document_leaves_out_can_be_said_inside_of() -> None:
    document = after(Change("default.rules.1.payers.none", "shop"), Change("default.trader.address.lines", ["Kai 1"]))
    assert document["default"]["rules"][1]["payers"] == {"none": "shop"}
    assert document["default"]["trader"] == {"address": {"lines": ["Kai 1"]}}


def test_an_absent_list_holds_what_the_model_says_by_default() -> None:
    clock = after(Change.insert("default.rules.0.clock.1", "shipped"))["default"]["rules"][0]["clock"]
    assert clock == ["delivered", "shipped"]


def test_entries_are_inserted_appended_moved_and_removed() -> None:
    def ids(*changes: Change) -> list[str]:
        return [rule["id"] for rule in after(*changes)["default"]["rules"]]

    new = {"id": "new", "track": "return"}
    assert ids(Change.insert("default.rules.0", new)) == ["new", "sale", "b"]
    assert ids(Change("default.rules.2", new)) == ["sale", "b", "new"]
    assert ids(Change.move("default.rules.0", 1)) == ["b", "sale"]
    assert ids(Change.insert("default.rules.2", new), Change.move("default.rules.2", 0)) == ["new", "sale", "b"]
    assert ids(Change.remove("default.rules.0")) == ["b"]
    assert after(Change.insert("markets.0", {"market": "EU"}))["markets"] == [{"market": "EU"}]


def test_values_of_the_model_are_written_as_json_has_them() -> None:
    window = after(Change("default.rules.0.window", Window(None)))["default"]["rules"][0]["window"]
    assert window == {"length": None, "unit": "days", "counting": "calendar"}


def test_the_whole_document_can_be_replaced_but_not_what_publishing_decides() -> None:
    document = after(Change("", write_policy(a_policy(default=a_market("other")))))
    assert document["default"]["market"] == "other"
    assert "id" not in document
    assert "effective_from" not in document


@pytest.mark.parametrize(
    "change",
    [
        Change("default.rule", 1),
        Change("default.market.name", 1),
        Change("default.rules.3", RULE),
        Change("default.rules.9.window", None),
        Change("default.rules.-1", RULE),
        Change("default.rules.first", RULE),
        Change("default.rules." + "9" * 5000, RULE),
        Change("default.rules.0.window.length.days", 1),
        Change("default.note.de", "x"),
        Change("id", "mine"),
        Change("effective_from", "2020-01-01T00:00:00Z"),
        Change("", None),
        Change("", [], Action.SET),
        Change.remove(""),
        Change.remove("default.trader"),
        Change.remove("default.rules.2"),
        Change.insert("default.market", "x"),
        Change.insert("default.rules.3", RULE),
        Change.move("default.rules.0", 2),
        Change("default.rules.0", "1", Action.MOVE),
        Change.move("default.rules.2", 0),
    ],
)
def test_a_place_that_is_not_there_is_named(change: Change) -> None:
    with pytest.raises(UnknownPath) as refused:
        after(Change("default.market", "first"), change)
    assert refused.value.facts == {"field": change.path}


def test_the_linters_fix_is_the_same_change() -> None:
    for fix in (
        Fix("default.rules.0.window", {"length": 30}),
        Fix("default.rules.2", RULE),
        Fix("default.rules.0.note"),
    ):
        document = a_document()
        document["default"]["rules"][0]["note"] = {"de": "x"}
        change = Change(fix.path, fix.value) if fix.value is not None else Change.remove(fix.path)
        assert edited(document, [change])[0] == apply_fix(document, fix)


def paths(value: object, at: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for name, part in inner for path in paths(part, (*at, str(name))))]


@st.composite
def edits(draw: st.DrawFn, document: Document) -> list[list[Change]]:
    """Give edits that each fit what the ones before them left."""
    made: list[list[Change]] = []
    for _ in range(draw(st.integers(1, 6))):
        places = [at for at in paths(document) if at and at[0] not in {"id", "format"}]
        if not places:  # everything has been taken out
            break
        path = ".".join(draw(st.sampled_from(places)))
        action = draw(st.sampled_from(Action))
        value = draw(st.integers(0, 3)) if action is Action.MOVE else draw(st.sampled_from([None, 7, {"x": 1}, ["y"]]))
        try:
            document, _ = edited(document, [Change(path, value, action)])
        except UnknownPath:
            continue
        made.append([Change(path, value, action)])
    return made


@given(versions, st.data())
def test_any_edits_taken_back_in_turn_give_the_document_they_began_with(
    version: PolicyVersion, data: st.DataObject
) -> None:
    start = {name: part for name, part in write_policy(version).items() if name not in {"id", "effective_from"}}
    document, backs = start, []
    for changes in data.draw(edits(start)):
        document, back = edited(document, changes)
        backs.append(back)
    for back in reversed(backs):
        document, _ = edited(document, back)
    assert document == start
