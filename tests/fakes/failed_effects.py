"""Effects that ran out of tries, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.errors import NotFound
from plugin.domain.failed_effect import TRYING, FailedEffect
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeFailedEffects:
    tables: Tables

    def add(self, failed: FailedEffect) -> None:
        known = self.tables.failed_effects.get(failed.id)
        first, times = (known.first_at, known.times + 1) if known else (failed.first_at, 1)
        self.tables.failed_effects[failed.id] = replace(failed, first_at=first, times=times)

    def get(self, failure: str) -> FailedEffect:
        if failure not in self.tables.failed_effects:
            raise NotFound({"failure": failure})
        return self.tables.failed_effects[failure]

    def waiting(self, now: datetime, limit: int) -> Sequence[FailedEffect]:
        kept = self.tables.failed_effects.values()
        found = [
            each for each in kept if not each.dismissed_at and not (each.retried_at or now - 2 * TRYING) > now - TRYING
        ]
        return sorted(found, key=lambda each: (each.first_at, each.id))[:limit]

    def retried(self, failure: str, at: datetime) -> None:
        self.tables.failed_effects[failure] = replace(self.get(failure), retried_at=at, dismissed_at=None)

    def dismiss(self, failures: Sequence[str], at: datetime) -> Sequence[str]:
        found = [each for each in failures if self.has(each) and not self.get(each).dismissed_at]
        self.tables.failed_effects |= {each: replace(self.get(each), dismissed_at=at) for each in found}
        return found

    def take_up(self, failures: Sequence[str]) -> int:
        found = [each for each in failures if self.has(each) and self.get(each).dismissed_at]
        self.tables.failed_effects |= {each: replace(self.get(each), dismissed_at=None) for each in found}
        return len(found)

    def has(self, failure: str) -> bool:
        return failure in self.tables.failed_effects

    def remove(self, failure: str) -> None:
        self.tables.failed_effects.pop(failure, None)

    def forget(self, before: datetime) -> int:
        kept = self.tables.failed_effects.values()
        gone = [each.id for each in kept if each.failed_at < before and each.dismissed_at]
        for failure in gone:
            self.remove(failure)
        return len(gone)
