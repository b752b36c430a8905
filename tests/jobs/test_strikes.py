"""When the clock strikes: at each job's own instants, once for however many were missed."""

from __future__ import annotations

from datetime import timedelta

from plugin.jobs.strikes import Strikes
from tests.build import NOW

SECOND = timedelta(seconds=1)
CRONS = {"often": "*/2 * * * * *", "past": "10 * * * * *", "nightly": "0 17 3 * * *"}


def test_each_job_is_due_at_its_own_instants_and_once() -> None:
    strikes = Strikes(CRONS, NOW)
    found = [(after, name, at) for after in range(13) for name, at in strikes.due(NOW + after * SECOND)]
    often = [(after, "often", NOW + after * SECOND) for after in range(2, 13, 2)]
    assert found == sorted([*often, (10, "past", NOW + 10 * SECOND)])


def test_what_could_not_be_begun_stays_due() -> None:
    strikes = Strikes(CRONS, NOW)
    ((name, at),) = strikes.due(NOW + 3 * SECOND)
    strikes.again(name, at)
    assert list(strikes.due(NOW + 3 * SECOND)) == [(name, at)]
    assert list(strikes.due(NOW + 3 * SECOND)) == []


def test_what_a_sleep_missed_stays_due_when_the_clock_is_found_to_be_ahead() -> None:
    strikes = Strikes(CRONS, NOW)
    later = NOW + timedelta(days=2)
    strikes.clock_was_set(later)
    assert {name for name, _at in strikes.due(later)} == set(CRONS)


def test_a_clock_set_back_is_followed_from_there() -> None:
    strikes = Strikes(CRONS, NOW)
    earlier = NOW - timedelta(days=2)
    strikes.clock_was_set(earlier)
    assert list(strikes.due(earlier)) == []
    assert [(name, at) for name, at in strikes.due(earlier + 2 * SECOND)] == [("often", earlier + 2 * SECOND)]


def test_what_was_missed_is_made_up_for_once() -> None:
    strikes = Strikes(CRONS, NOW)
    later = NOW + timedelta(days=2)
    assert {name for name, _at in strikes.due(later)} == set(CRONS)
    assert list(strikes.due(later)) == []
    assert [at for name, at in strikes.due(later + 2 * SECOND) if name == "often"] == [later + 2 * SECOND]
