"""The counts of the merchant's home page, in one select, each along an index and no further than so many rows."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Subquery, Table, distinct, func, literal, select, true

from plugin.ports.views import COUNTED, Figures
from plugin.storage.repositories.failed_effects import is_waiting
from plugin.storage.scope import Scope
from plugin.storage.tables import entitlements, failed_effects, inbox, mails, orders, parked

SOON = timedelta(days=7)
LATE = timedelta(hours=1)


def figures(scope: Scope, now: datetime, most: int = COUNTED) -> Figures:
    """Orders on record, those undelivered, those with a clock that ends within 7 days; what waits, and what is stuck.

    A mail counts as unsent when it was refused, or an hour after it was queued: until then it is on its way. Of clocks
    that end soon the first ones are counted, and the orders they belong to.
    """
    is_here = mails.c.sent_at.is_(None) & mails.c.content.is_not(None)
    is_late = mails.c.parked_at.is_not(None) | (mails.c.queued_at <= now - LATE)
    counted = {
        "orders": _some(scope, most, orders),
        "parked": _some(scope, most, parked),
        "inbox_waiting": _some(scope, most, inbox),
        "awaiting_delivery": _some(scope, most, orders, orders.c.awaits_delivery == true()),
        "unsent": _some(scope, most, mails, is_here & is_late),
        "failed": _some(scope, most, failed_effects, is_waiting(now)),
    }
    clocks = _closing(scope, most, now)
    questions = {name: select(func.count()).select_from(rows) for name, rows in counted.items()}
    questions |= {"clocks": select(func.count()).select_from(clocks)}
    questions |= {"closing_soon": select(func.count(distinct(clocks.c.order_id)))}
    (row,) = scope.rows(select(*(question.scalar_subquery().label(name) for name, question in questions.items())))
    found = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    full = {name for name, count in found.items() if count >= most}
    at_least = full | ({"closing_soon"} if "clocks" in full else set())
    del found["clocks"]
    return Figures(**found, at_least=frozenset(at_least & found.keys()))


def _some(scope: Scope, most: int, table: Table, is_meant: ColumnElement[bool] | None = None) -> Subquery:
    rows = scope.select(table, literal(1).label("one"))
    return (rows if is_meant is None else rows.where(is_meant)).limit(most).subquery()


def _closing(scope: Scope, most: int, now: datetime) -> Subquery:
    is_soon = entitlements.c.closes_at.between(now, now + SOON)
    rows = scope.select(entitlements, entitlements.c.order_id).where(is_soon)
    return rows.order_by(entitlements.c.closes_at).limit(most).subquery()
