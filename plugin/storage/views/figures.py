"""The counts of the merchant's home page, in one select."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, distinct, func, select, true

from plugin.ports.views import Figures
from plugin.storage.repositories.failed_effects import is_waiting
from plugin.storage.scope import Scope
from plugin.storage.tables import entitlements, failed_effects, inbox, mails, orders, parked

SOON = timedelta(days=7)
LATE = timedelta(hours=1)


def figures(scope: Scope, now: datetime) -> Figures:
    """Orders on record, those undelivered, those with a clock that ends within 7 days; what waits, and what is stuck.

    A mail counts as unsent when it was refused, or an hour after it was queued: until then it is on its way.
    """
    is_soon = entitlements.c.closes_at.between(now, now + SOON)
    closing = scope.select(entitlements, func.count(distinct(entitlements.c.order_id))).where(is_soon)
    awaiting = scope.select(orders, func.count()).where(orders.c.awaits_delivery == true())
    is_here = mails.c.sent_at.is_(None) & mails.c.content.is_not(None)
    is_late = mails.c.parked_at.is_not(None) | (mails.c.queued_at <= now - LATE)
    unsent = scope.select(mails, func.count()).where(is_here, is_late)
    counts: dict[str, ScalarSelect[int]] = {
        "orders": scope.select(orders, func.count()).scalar_subquery(),
        "parked": scope.select(parked, func.count()).scalar_subquery(),
        "inbox_waiting": scope.select(inbox, func.count()).scalar_subquery(),
        "closing_soon": closing.scalar_subquery(),
        "awaiting_delivery": awaiting.scalar_subquery(),
        "unsent": unsent.scalar_subquery(),
        "failed": scope.select(failed_effects, func.count()).where(is_waiting(now)).scalar_subquery(),
    }
    columns: list[ColumnElement[Any]] = [count.label(name) for name, count in counts.items()]
    row = scope.rows(select(*columns))[0]
    return Figures(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
