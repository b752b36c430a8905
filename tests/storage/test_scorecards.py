"""Scores of carriers that were made beforehand, as every adapter of the port keeps them."""

from __future__ import annotations

from dataclasses import replace

from plugin.domain.tracking.scorecard import Scored, scorecard
from plugin.ports.unit_of_work import Units
from tests.build import MERCHANT, NOW
from tests.domain.tracking.test_scorecard import PARCELS, TODAY

MONTH = Scored(scorecard(PARCELS, TODAY), 30, NOW, is_cut=True)
QUARTER = Scored(scorecard(PARCELS[:4], TODAY), 90, NOW, is_cut=False)


def save(units: Units, *kept: Scored) -> None:
    with units(MERCHANT) as unit:
        for each in kept:
            unit.scorecards.save(each)
        unit.commit()


def found(units: Units) -> list[Scored | None]:
    with units.read(MERCHANT) as unit:
        return [unit.scorecards.get(days) for days in (30, 90, 365)]


def test_scores_come_back_as_they_were_made_each_for_its_days(units: Units) -> None:
    save(units, MONTH, QUARTER)
    assert found(units) == [MONTH, QUARTER, None]


def test_the_latest_of_the_same_days_count_and_what_is_forgotten_is_gone(units: Units) -> None:
    save(units, MONTH, QUARTER, again := replace(QUARTER, days=30))
    with units(MERCHANT) as unit:
        unit.scorecards.forget(90)
        unit.commit()
    assert found(units) == [again, None, None]
