"""A worker may die at any point of any effect: what follows is what follows undisturbed, neither lost nor doubled."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest
from _pytest.mark import ParameterSet

from plugin.domain.effects import Effect
from plugin.jobs import codec
from tests.support.kill_points import Died, Fate
from tests.support.kill_worlds import CASES

KINDS = sorted(CASES, key=lambda kind: kind.__name__)
BY_THE_CLOCK = [kind for kind in KINDS if CASES[kind].is_found]


def points(kinds: Iterable[type[Effect]]) -> list[ParameterSet]:
    """Before and after everything these effects pass."""
    return [
        pytest.param(
            kind, (number, is_after), id=f"{kind.__name__}-{'after' if is_after else 'before'}-{number}-{name}"
        )
        for kind in kinds
        for number, name in enumerate(CASES[kind].passes)
        for is_after in (False, True)
    ]


def undisturbed(kind: type[Effect], folder: Path, fate: Fate) -> str:
    world = CASES[kind].world(kind, folder, fate)
    world.worker.run_watched(world.effect)
    world.worker.done += 1
    world.worker.catch_up()
    return world.outcome()


def test_every_effect_has_a_case_and_a_name_in_the_job_tables() -> None:
    assert set(CASES) == set(get_args(Effect)) == set(codec.type_of.values())


@pytest.mark.parametrize("kind", KINDS)
def test_everything_an_effect_passes_is_a_kill_point(kind: type[Effect], tmp_path: Path) -> None:
    fate = Fate()
    undisturbed(kind, tmp_path, fate)
    assert tuple(fate.passed) == CASES[kind].passes


@pytest.mark.parametrize("kind", KINDS)
def test_an_effect_has_something_to_show_for_it(kind: type[Effect], tmp_path: Path) -> None:
    world = CASES[kind].world(kind, tmp_path, Fate())
    before = world.outcome()
    world.worker.run(world.effect)
    assert world.outcome() != before


@pytest.mark.parametrize(("kind", "point"), points(KINDS))
def test_dying_there_loses_and_doubles_nothing(kind: type[Effect], point: tuple[int, bool], tmp_path: Path) -> None:
    expected = undisturbed(kind, tmp_path / "undisturbed", Fate())
    world = CASES[kind].world(kind, tmp_path / "dying", Fate(point))
    with pytest.raises(Died):
        world.worker.run_watched(world.effect)
    world.worker.catch_up()
    assert world.outcome() == expected


@pytest.mark.parametrize(("kind", "point"), points(BY_THE_CLOCK))
def test_a_job_that_is_lost_with_its_worker_is_found_by_the_clock(
    kind: type[Effect], point: tuple[int, bool], tmp_path: Path
) -> None:
    expected = undisturbed(kind, tmp_path / "undisturbed", Fate())
    world = CASES[kind].world(kind, tmp_path / "dying", Fate(point))
    with pytest.raises(Died):
        world.worker.run_watched(world.effect)
    world.worker.done += 1
    world.worker.catch_up()
    assert world.outcome() == expected


@pytest.mark.parametrize("kind", KINDS)
def test_running_twice_and_again_is_running_once(kind: type[Effect], tmp_path: Path) -> None:
    expected = undisturbed(kind, tmp_path / "once", Fate())
    world = CASES[kind].world(kind, tmp_path / "often", Fate())
    world.worker.run(world.effect)
    world.worker.run(world.effect)
    world.worker.catch_up()
    assert world.outcome() == expected
