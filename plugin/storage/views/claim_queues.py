"""Which claims a view of the queue holds, in what order, and how many there are of each."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, func, literal, select, true

from plugin.domain.claim.status import ClaimStatus
from plugin.domain.claim.vocabulary import Tier
from plugin.domain.ids import StaffId
from plugin.ports.claim_views import MANY, ClaimQuery, QueueView
from plugin.storage.scope import Scope
from plugin.storage.tables import claims

_columns = claims.c
_LONGEST_DAY = timedelta(hours=26)
"""No local day lasts that long: what is due later than this is not due today anywhere."""
_IS_OPEN = _columns.is_open == true()
Conditions = tuple[ColumnElement[bool], ...]

_HOLDS: Mapping[QueueView, Callable[[StaffId | None, datetime], Conditions]] = {
    QueueView.OPEN: lambda _agent, _now: (_IS_OPEN,),
    QueueView.MINE: lambda agent, _now: (_IS_OPEN, _columns.assignee == (agent or "")),
    QueueView.UNASSIGNED: lambda _agent, _now: (_IS_OPEN, _columns.assignee.is_(None)),
    QueueView.SAFETY: lambda _agent, _now: (_IS_OPEN, _columns.tier == Tier.SAFETY.value),
    QueueView.TODAY: lambda _agent, now: (
        _IS_OPEN,
        _columns.due_day_at <= now,
        _columns.due_order > now,
        _columns.due_order < now + _LONGEST_DAY,
    ),
    QueueView.OVERDUE: lambda _agent, now: (_IS_OPEN, _columns.due_order <= now),
    QueueView.UNANSWERED: lambda _agent, _now: (_IS_OPEN, _columns.waits_for_answer == true()),
    QueueView.WAITING: lambda _agent, _now: (_IS_OPEN, _columns.status == ClaimStatus.NEEDS_INFO.value),
    QueueView.MONEY: lambda _agent, now: (_columns.money_stuck_at <= now,),
    QueueView.ALL: lambda _agent, _now: (),
}


def held_by(query: ClaimQuery, now: datetime) -> list[ColumnElement[bool]]:
    """What view and filters ask for, the text aside."""
    wanted = (
        (_columns.shop_id, query.shop),
        (_columns.status, query.status and query.status.value),
        (_columns.tier, query.tier and query.tier.value),
        (_columns.country, query.country),
        (_columns.assignee, query.assignee),
    )
    filters = [column == value for column, value in wanted if value is not None]
    return [*_HOLDS[query.view](query.agent, now), *filters]


def sorted_by(view: QueueView) -> Column[datetime]:
    """By which instant a view is sorted; all claims newest first, every other view oldest first."""
    if view is QueueView.ALL:
        return _columns.opened_at
    return _columns.money_stuck_at if view is QueueView.MONEY else _columns.due_order


def claim_counts(scope: Scope, agent: StaffId, now: datetime) -> Mapping[QueueView, int]:
    """Each counted along its own index and no further than `MANY`: a full queue costs what an empty one does."""
    counted = [view for view in QueueView if view is not QueueView.ALL]
    found = [
        scope.select(claims, literal(1).label("one")).where(*_HOLDS[view](agent, now)).limit(MANY).subquery()
        for view in counted
    ]
    counts = [select(func.count(rows.c.one)).scalar_subquery() for rows in found]
    (row,) = scope.rows(select(*counts))
    return dict(zip(counted, row, strict=True))
