"""The order list: keyset pages, search by the beginning of a number or by exact e-mail.

Every query finds its rows through an index, so a page costs the same at 1,000 and at 300,000 orders.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, tuple_

from plugin.domain.errors import Invalid
from plugin.domain.money import Money
from plugin.domain.order import Standing
from plugin.ports.views import OrderQuery, OrderRow, Page
from plugin.storage.column_types import Instant, from_microseconds, microseconds
from plugin.storage.scope import Scope
from plugin.storage.search import prefix_range
from plugin.storage.tables import entitlements, orders, people, shops
from plugin.storage.vault import Vault
from plugin.storage.views.cursor import Cursor

_FEW = 1_000
_MOST = 500
_LISTED = ("id", "shop_id", "number", "standing", "country", "placed_at", "total_minor", "currency", "line_count")
_POSITION = tuple_(orders.c.placed_at, orders.c.id)


def order_page(
    scope: Scope, vault: Vault, query: OrderQuery, cursor: str | None, limit: int, now: datetime
) -> Page:  # fmt: skip
    """One page, newest placed first; raises `Invalid` on a cursor that is not ours or a limit outside 1 to 500."""
    if not 1 <= limit <= _MOST:
        raise Invalid({"field": "limit"})
    start = Cursor.parse(cursor) if cursor else None
    statement = _listing(scope, now).where(*_conditions(scope, vault, query))
    rows = scope.rows(_from(statement, start).limit(limit + 1))
    return _page(rows, start, limit)


def _listing(scope: Scope, now: datetime) -> Select[Any]:
    next_close = (
        select(func.min(entitlements.c.closes_at))
        .where(
            entitlements.c.merchant_id == orders.c.merchant_id,
            entitlements.c.order_id == orders.c.id,
            entitlements.c.closes_at > now,
        )
        .scalar_subquery()
    )
    listed = (orders.c[name] for name in _LISTED)
    return scope.select(orders.join(shops), *listed, shops.c.name.label("shop_name"), next_close.label("next_close"))


def _conditions(scope: Scope, vault: Vault, query: OrderQuery) -> list[ColumnElement[bool]]:
    conditions = _matching(scope, vault, query.text.strip())
    if query.shop is not None:
        conditions.append(orders.c.shop_id == query.shop)
    if query.standing is not None:
        conditions.append(orders.c.standing == query.standing.value)
    if query.country is not None:
        conditions.append(orders.c.country == query.country)
    return conditions


def _matching(scope: Scope, vault: Vault, text: str) -> list[ColumnElement[bool]]:
    if not text:
        return []
    if "@" in text:
        person = scope.select(people, people.c.id).where(people.c.email_hash == vault.email_hash(text))
        return [orders.c.person_id == person.scalar_subquery()]
    return [_begins_with(scope, text)]


def _begins_with(scope: Scope, text: str) -> ColumnElement[bool]:
    """Few matches: take them by number, then sort. Many: walk by date and filter, the page soon fills."""
    first, end = prefix_range(text)
    number = orders.c.number_normalised
    matches = scope.select(orders, orders.c.id).where(number >= first, number < end)
    if len(scope.rows(matches.limit(_FEW))) < _FEW:
        return orders.c.id.in_(select(matches.cte("matches").prefix_with("MATERIALIZED").c.id))
    unindexed = number + literal("")  # an expression, so that no planner takes the index on numbers and sorts them all
    return (unindexed >= first) & (unindexed < end)


def _from(statement: Select[Any], start: Cursor | None) -> Select[Any]:
    if start is None:
        return statement.order_by(orders.c.placed_at.desc(), orders.c.id.desc())
    here = tuple_(literal(from_microseconds(start.placed_at), Instant), literal(start.id))
    if start.is_backward:
        return statement.where(here < _POSITION).order_by(orders.c.placed_at, orders.c.id)
    return statement.where(here > _POSITION).order_by(orders.c.placed_at.desc(), orders.c.id.desc())


def _page(found: Sequence[Row[Any]], start: Cursor | None, limit: int) -> Page:
    is_backward = start is not None and start.is_backward
    is_more = len(found) > limit
    rows = tuple(_row(row) for row in found[:limit])
    newest_first = rows[::-1] if is_backward else rows
    is_older, is_newer = (True, is_more) if is_backward else (is_more, start is not None)
    return Page(
        newest_first,
        next_cursor=_cursor(newest_first[-1], is_backward=False) if newest_first and is_older else None,
        previous_cursor=_cursor(newest_first[0], is_backward=True) if newest_first and is_newer else None,
    )


def _cursor(row: OrderRow, *, is_backward: bool) -> str:
    return str(Cursor(microseconds(row.placed_at), row.id, is_backward))


def _row(row: Row[Any]) -> OrderRow:
    return OrderRow(
        id=row.id,
        shop=row.shop_id,
        shop_name=row.shop_name,
        number=row.number,
        standing=Standing(row.standing),
        country=row.country,
        placed_at=row.placed_at,
        total=Money(row.total_minor, row.currency),
        line_count=row.line_count,
        next_close=row.next_close,
    )
