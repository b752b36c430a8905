"""A notice that was left is told once and taken back once, to whom it was left, while it is fresh."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.ids import StaffId
from plugin.domain.left_notice import KEPT_FOR, LeftNotice
from plugin.domain.setup_word import SetupSaid, SetupStep, SetupWord
from plugin.domain.shop import Role, StaffMember
from plugin.ports.unit_of_work import Units
from tests.build import MERCHANT, NOW, a_shop

ANNA, BO = StaffId("anna"), StaffId("bo")
BEFORE = {"order1": None, "order2": "2026-11-01T00:00:00+00:00"}
LEFT = LeftNotice("name1", ANNA, NOW, "admin.orders.marked", "good", {"count": 2}, "admin.undo_mark", BEFORE)


@pytest.fixture
def left(units: Units) -> Units:
    with units(MERCHANT) as unit:
        for each in (ANNA, BO):
            unit.staff.save(StaffMember(each, f"{each}@shop.example", Role.AGENT, "en", NOW))
        unit.left_notices.leave(LEFT)
        unit.commit()
    return units


def tell(units: Units, staff: StaffId = ANNA, name: str = LEFT.name) -> LeftNotice | None:
    with units(MERCHANT) as unit:
        found = unit.left_notices.tell(staff, name, NOW)
        unit.commit()
    return found


def take_back(units: Units, staff: StaffId = ANNA, name: str = LEFT.name, later: timedelta = timedelta()) -> object:
    with units(MERCHANT) as unit:
        found = unit.left_notices.take_back(staff, name, NOW + later)
        unit.commit()
    return found


def test_it_is_told_once_to_whom_it_was_left(left: Units) -> None:
    assert tell(left, BO) is None
    assert tell(left, name="name2") is None
    assert [tell(left), tell(left)] == [LEFT, None]


def test_the_change_is_taken_back_once_also_after_it_was_told(left: Units) -> None:
    tell(left)
    assert take_back(left, BO) is None
    assert take_back(left, later=timedelta(seconds=1)) is None
    assert [take_back(left), take_back(left)] == [BEFORE, None]


def test_only_the_last_change_of_a_member_can_be_taken_back(left: Units) -> None:
    with left(MERCHANT) as unit:
        unit.left_notices.leave(replace(LEFT, name="said", before=None))
        unit.left_notices.leave(replace(LEFT, name="newer"))
        unit.commit()
    assert take_back(left) is None
    assert take_back(left, name="said") is None
    assert take_back(left, name="newer") == BEFORE


def test_what_is_a_day_old_is_forgotten(left: Units) -> None:
    later = NOW + KEPT_FOR + timedelta(seconds=1)
    with left(MERCHANT) as unit:
        unit.left_notices.leave(replace(LEFT, name="newer", before=None, left_at=later))
        assert [unit.left_notices.forget(each - KEPT_FOR) for each in (later - timedelta(seconds=1), later)] == [0, 1]
        unit.commit()
    assert tell(left) is None
    assert tell(left, name="newer")


def test_the_last_word_on_a_step_counts_until_it_is_taken_back(left: Units) -> None:
    shop = a_shop().id
    word = SetupWord(shop, SetupStep.NATIVE, SetupSaid.ON, ANNA, NOW)
    with left(MERCHANT) as unit:
        unit.setup_words.save(word)
        unit.setup_words.save(replace(word, said=SetupSaid.OFF, by=BO))
        unit.setup_words.save(replace(word, step=SetupStep.THEME, said=SetupSaid.DONE))
        assert [(each.step, each.said, each.by) for each in unit.setup_words.of(shop)] == [
            (SetupStep.NATIVE, SetupSaid.OFF, BO),
            (SetupStep.THEME, SetupSaid.DONE, ANNA),
        ]
        unit.setup_words.remove(shop, SetupStep.NATIVE)
        unit.setup_words.remove(shop, SetupStep.ACCOUNT)
        assert [each.step for each in unit.setup_words.of(shop)] == [SetupStep.THEME]
        unit.commit()
