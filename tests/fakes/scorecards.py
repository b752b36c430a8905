"""Kept scores in memory."""

from __future__ import annotations

from dataclasses import dataclass

from plugin.domain.tracking.scorecard import Scored
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeScorecards:
    tables: Tables

    def get(self, days: int) -> Scored | None:
        return self.tables.scorecards.get(days)

    def save(self, scored: Scored) -> None:
        self.tables.scorecards[scored.days] = scored

    def forget(self, days: int) -> None:
        self.tables.scorecards.pop(days, None)
