"""Files of evidence on record, on both databases and in memory; and what becomes of them with their person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from plugin.domain.errors import NotFound
from plugin.domain.evidence import (
    Evidence,
    EvidenceState,
    Held,
    Limits,
    OffsetMismatch,
    Part,
    Refusal,
    ScanState,
    Stored,
    Tally,
    UnknownEvidence,
)
from plugin.domain.ids import ClaimDraftId, ClaimId, EvidenceId, PersonId
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.tables import evidence as table
from tests.build import MERCHANT, NOW, a_shop, a_stored_order

DRAFT, CLAIM = ClaimDraftId("draft1"), ClaimId("claim1")
STORED = Stored("m/e1/o9", "image/jpeg", 90, "ab" * 32)
HOUR = timedelta(hours=1)


@pytest.fixture
def person(units: Units) -> PersonId:
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.commit()
    with units.read(MERCHANT) as unit:
        found = unit.people.find("ida@example.com")
    assert found
    return found


def a_file(person: PersonId, name: str = "e1", size: int = 100) -> Evidence:
    return Evidence(EvidenceId(name), a_shop().id, DRAFT, person, f"{name} – crack.jpg", "image/jpeg", size, NOW, NOW)


def added(units: Units, *files: Evidence) -> None:
    with units(MERCHANT) as unit:
        for each in files:
            unit.evidence.add(each)
        unit.commit()


def got(units: Units, name: str = "e1") -> Evidence:
    with units.read(MERCHANT) as unit:
        return unit.evidence.get(EvidenceId(name))


def append(units: Units, offset: int, length: int, name: str = "e1") -> Evidence:
    with units(MERCHANT) as unit:
        after = unit.evidence.append(EvidenceId(name), Part(offset, length, f"m/{name}/o{offset}"), NOW + HOUR)
        unit.commit()
    return after


def settle(units: Units, held: Held, name: str = "e1") -> bool:
    with units(MERCHANT) as unit:
        is_new = unit.evidence.settle(EvidenceId(name), held, NOW + 2 * HOUR)
        unit.commit()
    return is_new


def test_a_file_grows_part_by_part_until_it_is_whole(units: Units, person: PersonId) -> None:
    added(units, a_file(person))
    assert append(units, 0, 60) == replace(a_file(person), received=60, touched_at=NOW + HOUR)
    whole = append(units, 60, 40)
    assert (whole.received, whole.state, whole.is_whole) == (100, EvidenceState.CHECKING, True)
    with units.read(MERCHANT) as unit:
        assert list(unit.evidence.parts(EvidenceId("e1"))) == [Part(0, 60, "m/e1/o0"), Part(60, 40, "m/e1/o60")]


@pytest.mark.parametrize(("offset", "length"), [(0, 10), (59, 1), (61, 1), (60, 41)])
def test_a_part_that_does_not_fit_is_refused_with_the_offset_to_go_on_at(
    units: Units, person: PersonId, offset: int, length: int
) -> None:
    added(units, a_file(person))
    append(units, 0, 60)
    with pytest.raises(OffsetMismatch) as refused:
        append(units, offset, length)
    assert refused.value.facts == {"offset": 60}
    assert got(units).received == 60


def test_what_was_found_is_recorded_once_and_the_parts_are_forgotten(units: Units, person: PersonId) -> None:
    added(units, a_file(person))
    append(units, 0, 100)
    assert settle(units, Held(ScanState.CLEAN, stored=STORED))
    assert not settle(units, Held(ScanState.REFUSED, refusal=Refusal.VIRUS))
    kept = got(units)
    assert (kept.state, kept.scan, kept.stored, kept.refusal) == (EvidenceState.READY, ScanState.CLEAN, STORED, None)
    assert kept.completed_at == NOW + 2 * HOUR
    with units.read(MERCHANT) as unit:
        assert list(unit.evidence.parts(EvidenceId("e1"))) == []


def test_a_refused_file_says_why(units: Units, person: PersonId) -> None:
    added(units, a_file(person))
    append(units, 0, 100)
    settle(units, Held(ScanState.NOT_SCANNED, refusal=Refusal.MIXED))
    assert (got(units).state, got(units).refusal) == (EvidenceState.REFUSED, Refusal.MIXED)


def test_an_unfinished_file_cannot_be_settled(units: Units, person: PersonId) -> None:
    added(units, a_file(person))
    assert not settle(units, Held(ScanState.CLEAN, stored=STORED))


def test_a_submitted_draft_hands_its_files_to_the_claim(units: Units, person: PersonId) -> None:
    added(units, a_file(person), a_file(person, "e2"), replace(a_file(person, "e3"), draft=ClaimDraftId("other")))
    with units(MERCHANT) as unit:
        assert unit.evidence.attach(DRAFT, CLAIM) == 2
        assert unit.evidence.attach(DRAFT, ClaimId("claim2")) == 0
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert [each.id for each in unit.evidence.of_claim(CLAIM)] == ["e1", "e2"]
        assert [each.claim for each in unit.evidence.of_draft(DRAFT)] == [CLAIM, CLAIM]


def test_limits_count_what_the_draft_keeps_and_all_that_the_shop_got_in_a_day(units: Units, person: PersonId) -> None:
    old = replace(a_file(person, "e4"), draft=ClaimDraftId("old"), created_at=NOW - 2 * HOUR)
    added(units, a_file(person), a_file(person, "e2", 50), replace(a_file(person, "e3"), draft=ClaimDraftId("d2")), old)
    append(units, 0, 50, "e2")
    settle(units, Held(ScanState.NOT_SCANNED, refusal=Refusal.KIND), "e2")
    with units.read(MERCHANT) as unit:
        assert unit.evidence.tally(a_shop().id, DRAFT, NOW - HOUR) == Tally(1, 100, 250)


def test_what_ran_idle_was_never_claimed_or_was_kept_long_enough_goes(units: Units, person: PersonId) -> None:
    limits = Limits()
    names = ("idle", "unclaimed", "claimed", "old")
    added(units, *(a_file(person, name) for name in names))
    for name in names[1:]:
        append(units, 0, 100, name)
    with units(MERCHANT) as unit:
        unit.evidence.attach(DRAFT, CLAIM)
        unit.commit()
    late = replace(a_file(person, "late"), draft=ClaimDraftId("d2"))
    added(units, late)
    append(units, 0, 100, "late")

    def due(after: timedelta) -> set[str]:
        with units(MERCHANT) as unit:
            unit.evidence.drop_due(limits, NOW + after)
            return set(unit.evidence.dropped(10))

    assert due(limits.idle - HOUR) == set()
    assert due(limits.idle + HOUR) == {"idle"}
    assert due(limits.unclaimed + HOUR) == {"idle", "late"}
    assert due(limits.kept + HOUR) == {*names, "late"}


def test_a_dropped_file_is_unknown_until_it_is_removed_and_then_too(units: Units, person: PersonId) -> None:
    added(units, a_file(person), a_file(person, "e2"))
    append(units, 0, 60)
    with units(MERCHANT) as unit:
        unit.evidence.drop(EvidenceId("e1"))
        with pytest.raises(UnknownEvidence):
            unit.evidence.drop(EvidenceId("e1"))
        unit.commit()
    with pytest.raises(UnknownEvidence):
        append(units, 60, 40)
    with units(MERCHANT) as unit:
        assert [each.id for each in unit.evidence.of_draft(DRAFT)] == ["e2"]
        unit.evidence.remove([EvidenceId("e1"), EvidenceId("e2")], NOW - HOUR)
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert list(unit.evidence.dropped(10)) == []
        assert unit.evidence.get(EvidenceId("e2"))


def test_a_removed_file_counts_for_the_rest_of_its_day_and_is_forgotten_then(units: Units, person: PersonId) -> None:
    added(units, a_file(person))
    later = NOW + timedelta(days=1, hours=1)
    with units(MERCHANT) as unit:
        unit.evidence.drop(EvidenceId("e1"))
        unit.evidence.remove([EvidenceId("e1")], NOW - timedelta(days=1))
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert not unit.evidence.has_due(Limits(), NOW)
        assert list(unit.evidence.of_draft(DRAFT)) == []
        assert unit.evidence.tally(a_shop().id, DRAFT, NOW) == Tally(0, 0, 100)
        assert unit.evidence.has_due(Limits(), later)
        with pytest.raises(UnknownEvidence):
            unit.evidence.get(EvidenceId("e1"))
    with units(MERCHANT) as unit:
        unit.evidence.remove([], later - timedelta(days=1))
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert not unit.evidence.has_due(Limits(), later)
        assert unit.evidence.tally(a_shop().id, DRAFT, NOW) == Tally(0, 0, 0)


def test_a_file_of_a_submitted_claim_is_not_dropped_on_request(units: Units, person: PersonId) -> None:
    added(units, a_file(person))
    with units(MERCHANT) as unit:
        unit.evidence.attach(DRAFT, CLAIM)
        with pytest.raises(UnknownEvidence):
            unit.evidence.drop(EvidenceId("e1"))


def test_a_file_that_nobody_checked_is_found_again(units: Units, person: PersonId) -> None:
    added(units, a_file(person), a_file(person, "e2"))
    append(units, 0, 100)
    with units.read(MERCHANT) as unit:
        assert list(unit.evidence.stuck(NOW + HOUR, 10)) == []
        assert list(unit.evidence.stuck(NOW + 2 * HOUR, 10)) == ["e1"]


def test_an_erased_persons_files_go_with_them_and_none_can_be_added(units: Units, person: PersonId) -> None:
    added(units, a_file(person))
    append(units, 0, 60)
    with units(MERCHANT) as unit:
        unit.people.erase(person, NOW)
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert list(unit.evidence.of_draft(DRAFT)) == []
        assert list(unit.evidence.dropped(10)) == ["e1"]
        with pytest.raises(UnknownEvidence):
            unit.evidence.cipher(EvidenceId("e1"))
    with pytest.raises(UnknownEvidence):
        append(units, 60, 40)
    with pytest.raises(NotFound):
        added(units, a_file(person, "e2"))


def test_of_parts_that_race_for_an_offset_one_is_taken(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        found = unit.people.find("ida@example.com")
        assert found
        unit.evidence.add(a_file(found))
        unit.commit()
    start = Barrier(6)

    def race(number: int) -> bool:
        start.wait()
        try:
            with storage.units(MERCHANT) as unit:
                unit.evidence.append(EvidenceId("e1"), Part(0, 40 + number, f"m/e1/o{number}"), NOW)
                unit.commit()
        except OffsetMismatch:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(race, range(6))) == [False] * 5 + [True]
    with storage.units.read(MERCHANT) as unit:
        (taken,) = unit.evidence.parts(EvidenceId("e1"))
        assert unit.evidence.get(EvidenceId("e1")).received == taken.length


def test_the_name_of_a_file_is_sealed(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        found = unit.people.find("ida@example.com")
        assert found
        unit.evidence.add(a_file(found))
        unit.commit()
    with storage.engine.connect() as connection:
        name = connection.execute(select(table.c.name)).scalar_one()
    assert b"crack" not in name
