"""The order list: keyset pages, search by the beginning of a number or by exact e-mail.

Every query finds its rows through an index, so a page costs the same at 1,000 and at 300,000 orders. SQLite plans
without statistics and would rather walk all orders by date than sort a handful: what a search found is therefore
materialised before it is sorted.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Row, Select, case, func, literal, select, tuple_

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
_LISTED = (
    *("merchant_id", "id", "shop_id", "number", "standing", "country"),
    *("placed_at", "total_minor", "currency", "line_count"),
)


def order_page(
    scope: Scope, vault: Vault, query: OrderQuery, cursor: str | None, limit: int, now: datetime
) -> Page:  # fmt: skip
    """One page, newest placed first; raises `Invalid` on a cursor that is not ours or a limit outside 1 to 500."""
    if not 1 <= limit <= _MOST:
        raise Invalid({"field": "limit"})
    start = Cursor.parse(cursor) if cursor else None
    found = _found(scope, vault, query)
    statement = select(*found.c, _next_last_day(found, now).label("next_last_day"))
    return _page(scope.rows(_from(statement, found, start).limit(limit + 1)), start, limit)


def _found(scope: Scope, vault: Vault, query: OrderQuery) -> CTE:
    listed = (orders.c[name] for name in _LISTED)
    statement = scope.select(orders.join(shops), *listed, shops.c.name.label("shop_name")).where(*_filters(query))
    matching, is_few = _matching(scope, vault, query.text.strip())
    found = statement.where(*matching).cte("found")
    return found.prefix_with("MATERIALIZED" if is_few else "NOT MATERIALIZED")


def _next_last_day(found: CTE, now: datetime) -> ColumnElement[date]:
    # A case instead of a condition: with a condition on closes_at, SQLite would walk all the merchant's closing clocks.
    days = case((entitlements.c.closes_at > now, entitlements.c.last_day))
    of_order = (entitlements.c.merchant_id == found.c.merchant_id) & (entitlements.c.order_id == found.c.id)
    return select(func.min(days)).where(of_order).scalar_subquery()


def _filters(query: OrderQuery) -> list[ColumnElement[bool]]:
    wanted = (
        (orders.c.shop_id, query.shop),
        (orders.c.standing, query.standing and query.standing.value),
        (orders.c.country, query.country),
    )
    return [column == value for column, value in wanted if value is not None]


def _matching(scope: Scope, vault: Vault, text: str) -> tuple[list[ColumnElement[bool]], bool]:
    """What the text asks for, and whether that is so little that it is found first and sorted then."""
    if not text:
        return [], False
    if "@" in text:
        person = scope.select(people, people.c.id).where(people.c.email_hash == vault.email_hash(text))
        return [orders.c.person_id == person.scalar_subquery()], True
    first, end = prefix_range(text)
    number: ColumnElement[str] = orders.c.number_normalised
    begins = [number >= first, number < end]
    if len(scope.rows(scope.select(orders, orders.c.id).where(*begins).limit(_FEW))) < _FEW:
        return begins, True
    number += literal("")  # an expression, so that the walk by date is not traded for sorting a thousand and more
    return [number >= first, number < end], False


def _from(statement: Select[Any], found: CTE, start: Cursor | None) -> Select[Any]:
    newest_first = (found.c.placed_at.desc(), found.c.id.desc())
    if start is None:
        return statement.order_by(*newest_first)
    here = tuple_(literal(from_microseconds(start.at), Instant), literal(start.id))
    position = tuple_(found.c.placed_at, found.c.id)
    if start.is_backward:
        return statement.where(here < position).order_by(found.c.placed_at, found.c.id)
    return statement.where(here > position).order_by(*newest_first)


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
        next_last_day=row.next_last_day,
    )
