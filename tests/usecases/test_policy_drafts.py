"""A draft is started, edited by several people, checked, and never lost to somebody else's edit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from plugin.domain.access import RoleTooLow
from plugin.domain.errors import NotFound
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.in_force import Law
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.policy.document import InvalidPolicy
from plugin.domain.policy.draft import Draft, DraftMoved, DraftState
from plugin.domain.policy.edit import Change, UnknownPath
from plugin.domain.shop import Merchant, Role, StaffMember
from plugin.usecases.check_draft import check_draft
from plugin.usecases.compare_policies import compare_draft
from plugin.usecases.discard_draft import discard_draft
from plugin.usecases.edit_draft import edit_draft
from plugin.usecases.redo_edit import redo_edit
from plugin.usecases.start_draft import DraftOpen, start_draft
from plugin.usecases.undo_edit import undo_edit
from tests.build import MERCHANT, NOW, PLACED, a_policy, a_shop
from tests.fakes.sources import FakeIds
from tests.fakes.units import FakeUnits
from tests.support.policies import a_lawful_document, with_return_days

Start = Callable[..., Draft]
"""The use case with its ports given."""
OTHER = MerchantId("merchant2")
AGENT = StaffMember(StaffId("agent"), "ida@nordkap.example", Role.AGENT, "de", PLACED)
VIEWER = replace(AGENT, id=StaffId("viewer"), role=Role.VIEWER)
GONE = replace(AGENT, id=StaffId("gone"), removed_at=PLACED)


@pytest.fixture(scope="module")
def law() -> Law:
    return Law(load_rulebook(), HolidayCalendar())


@pytest.fixture
def start(units: FakeUnits, ids: FakeIds) -> Start:
    return partial(start_draft, merchant=MERCHANT, by=AGENT, units=units, ids=ids, now=NOW)


def on_record(units: FakeUnits) -> Draft | None:
    with units.read(MERCHANT) as unit:
        return unit.drafts.open()


def publish(units: FakeUnits, *versions: str) -> None:
    with units(MERCHANT) as unit:
        for at, version in enumerate(versions):
            unit.policies.add(a_policy(version, effective_from=PLACED + timedelta(days=at), home_country="DE"))
        unit.commit()


def edit(units: FakeUnits, draft: Draft, *changes: Change, by: StaffMember | None = AGENT) -> Draft:
    return edit_draft(draft.id, changes, draft.version, merchant=MERCHANT, by=by, units=units, now=NOW)


def test_the_first_draft_promises_nothing_but_the_law(units: FakeUnits, start: Start) -> None:
    draft = start()
    assert draft == on_record(units)
    assert draft.document == {"format": 1, "default": {"market": "everywhere"}}
    assert (draft.based_on, draft.started_by, draft.started_at, draft.version) == (None, AGENT.id, NOW, 0)


def test_a_draft_starts_as_the_last_version_or_the_one_named_or_a_document(units: FakeUnits, start: Start) -> None:
    publish(units, "v1", "v2")
    assert start().based_on == "v2"
    discard_draft(on_record(units).id, 0, merchant=MERCHANT, by=AGENT, units=units)  # type: ignore[union-attr]  # just started
    assert start(based_on="v1").document["home_country"] == "DE"
    discard_draft(on_record(units).id, 0, merchant=MERCHANT, by=AGENT, units=units)  # type: ignore[union-attr]  # likewise
    brought = start({"id": "mine", "effective_from": "2020", "format": 9, "home_country": "FR"})
    assert brought.document == {"format": 1, "home_country": "FR"}
    assert brought.based_on == "v2"


def test_one_draft_is_open_at_a_time(units: FakeUnits, start: Start) -> None:
    first = start()
    with pytest.raises(DraftOpen) as refused:
        start()
    assert refused.value.facts == {"draft": first.id}
    discard_draft(first.id, first.version, merchant=MERCHANT, by=AGENT, units=units)
    assert on_record(units) is None
    start()


def test_a_version_nobody_published_is_no_start(start: Start) -> None:
    with pytest.raises(NotFound):
        start(based_on="v9")


def test_edits_are_kept_one_by_one_and_undone_by_anybody(units: FakeUnits, start: Start) -> None:
    draft = edit(units, start(), Change("home_country", "DE"))
    draft = edit(units, draft, Change("home_country", "FR"), by=None)
    assert [(step.by, step.at) for step in draft.done] == [(AGENT.id, NOW), (None, NOW)]
    later = NOW + timedelta(hours=1)
    draft = undo_edit(draft.id, draft.version, merchant=MERCHANT, by=AGENT, units=units, now=later)
    assert draft.document["home_country"] == "DE"
    assert (draft.edited_by, draft.edited_at) == (AGENT.id, later)
    draft = redo_edit(draft.id, draft.version, merchant=MERCHANT, by=AGENT, units=units, now=later)
    assert draft.document["home_country"] == "FR"
    assert draft == on_record(units)


def test_an_edit_of_what_somebody_else_changed_meanwhile_is_refused_and_loses_nothing(
    units: FakeUnits,
    start: Start,
) -> None:
    seen = start()
    theirs = edit(units, seen, Change("home_country", "DE"))
    with pytest.raises(DraftMoved) as refused:
        edit(units, seen, Change("home_country", "FR"))
    assert refused.value.facts == {"version": theirs.version}
    with pytest.raises(DraftMoved):
        undo_edit(seen.id, seen.version, merchant=MERCHANT, by=AGENT, units=units, now=NOW)
    with pytest.raises(DraftMoved):
        discard_draft(seen.id, seen.version, merchant=MERCHANT, by=AGENT, units=units)
    assert on_record(units) == theirs


def test_of_an_edit_with_a_wrong_path_nothing_is_kept(units: FakeUnits, start: Start) -> None:
    draft = start()
    with pytest.raises(UnknownPath):
        edit(units, draft, Change("home_country", "DE"), Change("home_land", "DE"))
    assert on_record(units) == draft


def test_a_check_names_what_is_missing_by_field(units: FakeUnits, start: Start, law: Law) -> None:
    draft = edit(units, start(), Change("default.rules.0", {"id": "returns"}), Change("default.trader.name", "Nordkap"))
    checked = check_draft(draft.id, merchant=MERCHANT, by=AGENT, units=units, law=law, now=NOW)
    assert checked.checked is not None
    assert {(fault.field, fault.code) for fault in checked.checked.faults} == {
        ("default.rules.0.track", "missing"),
        ("default.trader.address", "missing"),
        ("default.trader.email", "missing"),
    }
    assert (checked.state, checked.version) == (DraftState.FAULTY, draft.version)
    assert checked == on_record(units)


def test_a_check_tells_what_the_law_does_not_allow_until_it_is_mended(units: FakeUnits, start: Start, law: Law) -> None:
    check = partial(check_draft, merchant=MERCHANT, by=AGENT, units=units, law=law, now=NOW)
    draft = start(a_lawful_document())
    assert check(draft.id).state is DraftState.READY
    with units(MERCHANT) as unit:
        unit.shops.switch_withdrawal(a_shop().id, NOW)
        unit.commit()
    assert check(draft.id).state is DraftState.CHECKED
    draft = edit(units, draft, *with_return_days(7))
    assert draft.state is DraftState.DRAFT
    checked = check(draft.id)
    assert checked.state is DraftState.FAULTY
    assert checked.checked is not None
    assert [found.code for found in checked.checked.errors] == ["return_window_below_law"]
    undo_edit(draft.id, draft.version, merchant=MERCHANT, by=AGENT, units=units, now=NOW)
    assert check(draft.id).state is DraftState.CHECKED


def test_a_draft_is_compared_with_what_it_would_take_the_place_of(units: FakeUnits, start: Start) -> None:
    publish(units, "v1")
    draft = edit(units, start(), Change("home_country", "FR"))
    compared = compare_draft(draft.id, NOW, merchant=MERCHANT, units=units)
    assert compared.before is not None
    assert compared.before.id == "v1"
    assert [(d.term, d.before, d.after) for d in compared.differences] == [("policy.home_country", "DE", "FR")]
    before_any = compare_draft(draft.id, PLACED - timedelta(days=1), merchant=MERCHANT, units=units)
    assert before_any.before is None
    edit(units, draft, Change.remove("default"))
    with pytest.raises(InvalidPolicy):
        compare_draft(draft.id, NOW, merchant=MERCHANT, units=units)


@pytest.mark.parametrize("who", [VIEWER, GONE])
def test_who_may_only_look_changes_nothing(units: FakeUnits, start: Start, law: Law, who: StaffMember) -> None:
    draft = start()
    as_them: Any = {"merchant": MERCHANT, "by": who, "units": units}
    attempts: list[Any] = [
        lambda: start_draft(**as_them, ids=FakeIds(), now=NOW),
        lambda: edit(units, draft, Change("home_country", "DE"), by=who),
        lambda: undo_edit(draft.id, 0, **as_them, now=NOW),
        lambda: redo_edit(draft.id, 0, **as_them, now=NOW),
        lambda: check_draft(draft.id, **as_them, law=law, now=NOW),
        lambda: discard_draft(draft.id, 0, **as_them),
    ]
    for attempt in attempts:
        with pytest.raises(RoleTooLow):
            attempt()
    assert on_record(units) == draft


def test_another_merchants_draft_is_not_found(units: FakeUnits, start: Start) -> None:
    draft = start()
    with units(OTHER) as unit:
        unit.shops.add_merchant(Merchant(OTHER, "Südkap SARL", NOW))
        unit.commit()
    with pytest.raises(NotFound):
        edit_draft(draft.id, [Change("home_country", "DE")], 0, merchant=OTHER, by=None, units=units, now=NOW)
    assert start_draft(merchant=OTHER, by=None, units=units, ids=FakeIds(), now=NOW).document["format"] == 1
