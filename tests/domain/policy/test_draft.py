"""A draft: edits that can be undone and redone, and a check that holds for what was checked only."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.ids import StaffId
from plugin.domain.policy.document import InvalidPolicy, PolicyFault, write_policy
from plugin.domain.policy.draft import (
    MOST_STEPS,
    Check,
    Draft,
    DraftState,
    NothingToRedo,
    NothingToUndo,
    digest_of,
    edit,
    redo,
    started,
    undo,
    version_of,
)
from plugin.domain.policy.edit import Change
from plugin.domain.policy.lint import Finding, Severity
from plugin.domain.policy.lint.rules.withdrawal_function import CODE as NO_WITHDRAWAL_FUNCTION
from tests.build import NOW, a_policy

KAJA = StaffId("kaja")
LENGTH = "default.rules.1.window.length"
lengths = st.lists(st.integers(1, 90), min_size=1, max_size=8)


def a_draft() -> Draft:
    return started("draft1", write_policy(a_policy()), based_on="v1", at=NOW, by=None)


def lengthened(draft: Draft, *days: int) -> Draft:
    for day in days:
        draft = edit(draft, [Change(LENGTH, day), Change("home_country", "DE")], at=NOW, by=KAJA)
    return draft


def a_finding(code: str = "window_too_short", severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code, severity, LENGTH, "everywhere")


def checked(draft: Draft, *findings: Finding, faults: tuple[PolicyFault, ...] = ()) -> Draft:
    return replace(draft, checked=Check(digest_of(draft.document), NOW, None, faults, findings))


@given(lengths)
def test_undoing_everything_gives_the_start_and_redoing_everything_the_end(days: list[int]) -> None:
    start = a_draft()
    end = lengthened(start, *days)
    draft = end
    for _ in days:
        draft = undo(draft, at=NOW, by=None)
    assert draft.document == start.document
    for _ in days:
        draft = redo(draft, at=NOW, by=None)
    assert draft.document == end.document
    assert draft.done == end.done


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=20))
def test_each_move_is_a_new_version_and_an_edit_forgets_what_was_undone(moves: list[str]) -> None:
    draft, shown, future = a_draft(), [a_draft().document], []  # type: ignore[var-annotated]  # documents
    for at, move in enumerate(moves):
        before = draft.version
        if move == "edit":
            draft = lengthened(draft, at + 1)
            shown, future = [*shown, draft.document], []
        elif move == "undo" and len(shown) > 1:
            draft, future = undo(draft, at=NOW, by=None), [shown.pop(), *future]
        elif move == "redo" and future:
            draft = redo(draft, at=NOW, by=None)
            shown.append(future.pop(0))
        else:
            continue
        assert draft.version == before + 1
        assert draft.document == shown[-1]


def test_nothing_is_undone_before_the_start_or_redone_after_the_end() -> None:
    with pytest.raises(NothingToUndo):
        undo(a_draft(), at=NOW, by=None)
    with pytest.raises(NothingToRedo):
        redo(lengthened(a_draft(), 7), at=NOW, by=None)


def test_only_so_many_edits_are_kept_for_undoing() -> None:
    draft = lengthened(a_draft(), *range(1, MOST_STEPS + 21))
    assert len(draft.done) == MOST_STEPS
    for _ in range(MOST_STEPS):
        draft = undo(draft, at=NOW, by=None)
    assert draft.document["default"]["rules"][1]["window"]["length"] == 20  # type: ignore[index]  # as JSON has it
    with pytest.raises(NothingToUndo):
        undo(draft, at=NOW, by=None)


def test_a_draft_says_who_edited_it_and_when() -> None:
    later = NOW + timedelta(hours=1)
    draft = edit(lengthened(a_draft(), 7), [Change(LENGTH, 8)], at=later, by=KAJA)
    assert (draft.started_by, draft.edited_at, draft.edited_by) == (None, later, KAJA)
    assert [(step.at, step.by) for step in draft.done] == [(NOW, KAJA), (later, KAJA)]
    undone = undo(draft, at=NOW + timedelta(hours=2), by=None)
    assert (undone.edited_at, undone.edited_by) == (NOW + timedelta(hours=2), None)


def test_how_far_a_draft_is_follows_from_the_check_of_what_stands_there() -> None:
    draft = a_draft()
    warning = a_finding("vague", Severity.WARNING)
    without_function = a_finding(NO_WITHDRAWAL_FUNCTION)
    assert draft.state is DraftState.DRAFT
    assert checked(draft).state is DraftState.CHECKED
    assert checked(draft, warning).state is DraftState.CHECKED
    assert checked(draft, a_finding()).state is DraftState.FAULTY
    assert checked(draft, faults=(PolicyFault("default", "missing"),)).state is DraftState.FAULTY
    assert checked(draft, without_function, warning).state is DraftState.READY
    assert checked(draft, without_function, a_finding()).state is DraftState.FAULTY
    assert lengthened(checked(draft), 7).state is DraftState.DRAFT


def test_an_edit_undone_leaves_the_check_of_what_stands_there_again() -> None:
    edited = lengthened(checked(a_draft()), 7)
    assert undo(edited, at=NOW, by=None).state is DraftState.CHECKED


def test_a_draft_becomes_a_version_under_the_id_and_from_the_instant_decided_then() -> None:
    version = version_of(a_draft(), "v2", NOW)
    assert version == a_policy("v2", effective_from=NOW)


def test_what_is_missing_is_named_by_field() -> None:
    draft = edit(a_draft(), [Change.remove("default.rules.0.track")], at=NOW, by=KAJA)
    with pytest.raises(InvalidPolicy) as refused:
        version_of(draft, "v2", NOW)
    assert refused.value.faults == (PolicyFault("default.rules.0.track", "missing"),)
