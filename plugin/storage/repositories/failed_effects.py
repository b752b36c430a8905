"""One merchant's effects that ran out of tries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, or_

from plugin.domain.errors import NotFound
from plugin.domain.failed_effect import TRYING, FailedEffect
from plugin.storage.scope import Scope, Values
from plugin.storage.tables import failed_effects

_columns = failed_effects.c


class SqlFailedEffects:
    """`plugin.ports.failed_effects.FailedEffects`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, failed: FailedEffect) -> None:
        """Keep it; the same effect is kept once, its failures counted, and it waits for somebody anew."""

        def again(new: Any) -> Values:  # noqa: ANN401 - the columns of the row that is there already
            told = {name: new[name] for name in ("fields", "fault", "failed_at", "request")}
            return {**told, "times": _columns.times + 1, "retried_at": None, "dismissed_at": None}

        row = {name: getattr(failed, name) for name in FailedEffect.__slots__}
        self._scope.upsert(failed_effects, [row], ["id"], again)

    def get(self, failure: str) -> FailedEffect:
        """Raises `NotFound`."""
        row = self._scope.row(self._scope.select(failed_effects, *_columns).where(_columns.id == failure))
        if row is None:
            raise NotFound({"failure": failure})
        return _read(row)

    def waiting(self, now: datetime, limit: int) -> Sequence[FailedEffect]:
        """Those that nobody dismissed and that are not being tried again just now; longest waiting first."""
        oldest = self._scope.select(failed_effects, *_columns).where(is_waiting(now))
        return [_read(row) for row in self._scope.rows(oldest.order_by(_columns.first_at, _columns.id).limit(limit))]

    def retried(self, failure: str, at: datetime) -> None:
        """It is being tried again."""
        again = self._scope.update(failed_effects).where(_columns.id == failure)
        self._scope.run(again.values(retried_at=at, dismissed_at=None))

    def dismiss(self, failures: Sequence[str], at: datetime) -> Sequence[str]:
        """Leave these; those that were waiting."""
        is_meant = _columns.id.in_(failures) & _columns.dismissed_at.is_(None)
        found = [row.id for row in self._scope.rows(self._scope.select(failed_effects, _columns.id).where(is_meant))]
        self._scope.run(self._scope.update(failed_effects).where(is_meant).values(dismissed_at=at))
        return found

    def take_up(self, failures: Sequence[str]) -> int:
        """Have these wait again after all; how many."""
        is_meant = _columns.id.in_(failures) & _columns.dismissed_at.is_not(None)
        return self._scope.run(self._scope.update(failed_effects).where(is_meant).values(dismissed_at=None))

    def has(self, failure: str) -> bool:
        """Whether it is kept, dismissed or not."""
        return (
            self._scope.row(self._scope.select(failed_effects, _columns.id).where(_columns.id == failure)) is not None
        )

    def remove(self, failure: str) -> None:
        """It has succeeded."""
        self._scope.run(self._scope.delete(failed_effects).where(_columns.id == failure))

    def forget(self, before: datetime) -> int:
        """Forget those that failed last before then and were dismissed; how many."""
        is_over = (_columns.failed_at < before) & _columns.dismissed_at.is_not(None)
        return self._scope.run(self._scope.delete(failed_effects).where(is_over))


def is_waiting(now: datetime) -> ColumnElement[bool]:
    """Whether it waits for somebody."""
    is_at_rest = or_(_columns.retried_at.is_(None), _columns.retried_at < now - TRYING)
    return _columns.dismissed_at.is_(None) & is_at_rest


def _read(row: Row[Any]) -> FailedEffect:
    return FailedEffect(**{name: getattr(row, name) for name in FailedEffect.__slots__})
