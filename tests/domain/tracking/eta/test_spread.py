"""The shortest range of days that holds a share."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.tracking.eta.spread import DayRange, decay_of, shortest_range, spreads

SPREADS = st.lists(st.integers(0, 50), min_size=61, max_size=61).filter(any)


@given(SPREADS, st.sampled_from([0.5, 0.8, 0.9, 0.99, 1.0]))
def test_a_range_holds_the_share_and_no_shorter_one_does(spread: list[int], share: float) -> None:
    found = shortest_range(spread, share)
    length = found.last - found.first + 1
    assert sum(spread[found.first : found.last + 1]) >= share * sum(spread) - 1e-6
    if length > 1:
        shorter = (sum(spread[at : at + length - 1]) for at in range(61 - length + 2))
        assert all(held < share * sum(spread) for held in shorter)


def test_a_lane_that_always_takes_as_long_is_one_day() -> None:
    assert shortest_range([0.0, 0.0, 7.0, *[0.0] * 58], 0.9) == DayRange(2, 2)


def test_a_range_grows_later_before_earlier_and_stays_within_what_is_counted() -> None:
    assert [DayRange(2, 4).wider(days) for days in (1, 2, 3)] == [DayRange(2, 5), DayRange(1, 5), DayRange(1, 6)]
    assert DayRange(0, 60).wider(4) == DayRange(0, 60)


def test_a_week_before_weighs_less_and_the_week_itself_is_not_known_yet() -> None:
    weeks = {10: Counter({2: 8}), 11: Counter({3: 8}), 12: Counter({9: 8})}
    known = spreads(weeks, 0.5, (11, 12))
    assert (known[11][2], known[11][3]) == (4.0, 0.0)
    assert (known[12][2], known[12][3], known[12][9]) == (2.0, 4.0, 0.0)


def test_a_busy_lane_forgets_sooner_than_a_quiet_one() -> None:
    busy, quiet = ({week: Counter({3: count}) for week in range(12)} for count in (100, 3))
    assert decay_of(busy, 12) < decay_of(quiet, 12) < 1
