"""The days that were told hold on deliveries that came later: 85 % on every lane, or the method is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from plugin.domain.tracking.eta.backtest import Held, Tables, backtest
from plugin.domain.tracking.eta.forecast import LaneDays
from plugin.domain.tracking.eta.history import History
from plugin.domain.tracking.eta.lane import Lane
from plugin.domain.tracking.eta.spread import DayRange, decay_of, shortest_range, spreads
from plugin.domain.tracking.eta.table import lane_table
from tests.support.lane_traffic import ROUTES, traffic

PROMISED = 0.85
SINCE = date(2025, 3, 3)
QUICK = tuple(route for route in ROUTES if (route.carrier, route.destination) in {("dhl", "FR"), ("yunexpress", "ES")})


def _quick(tables: Tables = lane_table) -> dict[Lane, Held]:
    """Two lanes, one with drift and one with a jump, through summer, judged from the tenth month on."""
    return dict(backtest(list(traffic(7, weeks=56, routes=QUICK)), date(2025, 6, 30), tables))


def _worst(found: dict[Lane, Held]) -> float:
    return min(held.share for held in found.values())


def test_what_is_told_holds_on_later_deliveries_of_every_lane() -> None:
    found = _quick()
    assert len(found) == 4
    assert all(held.told > 300 for held in found.values())
    assert _worst(found) >= PROMISED, found


def _too_narrow(history: History, today: date) -> Iterator[LaneDays]:
    """A day less than was found."""
    for each in lane_table(history, today):
        days = DayRange(each.fitted.days.first, max(each.fitted.days.last - 2, each.fitted.days.first))
        yield replace(each, fitted=replace(each.fitted, days=days))


def _never_fitted_again(history: History, today: date) -> Iterator[LaneDays]:
    """What held in the first months, for good, and kept as if it were today's."""
    for each in lane_table(history, min(today, date(2025, 1, 6))):
        yield replace(each, made_on=today)


def _of_the_past_alone(history: History, today: date) -> Iterator[LaneDays]:
    """The range that held 85 % of the whole past, and nothing tried on the last weeks."""
    for each in lane_table(history, today):
        weeks = dict(history.with_coarser())[each.lane].weeks(is_six_day=each.fitted.is_six_day)
        until = max(weeks) + 1
        (spread,) = spreads(weeks, decay_of({}, until), (until,)).values()
        yield replace(each, fitted=replace(each.fitted, days=shortest_range(spread, PROMISED)))


@pytest.mark.parametrize("broken", [_too_narrow, _never_fitted_again, _of_the_past_alone])
def test_a_method_that_does_not_hold_is_found_out(broken: Tables) -> None:
    assert _worst(_quick(broken)) < PROMISED


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 11))
def test_eta_holds_on_every_lane_through_drift_seasons_and_weekends(seed: int) -> None:
    found = backtest(list(traffic(seed)), SINCE)
    assert len(found) >= 2 * len(ROUTES) - 2
    for lane, held in found.items():
        assert held.told > 200
        assert held.share >= PROMISED, lane
