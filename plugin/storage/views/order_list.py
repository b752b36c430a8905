"""The order list: keyset pages, search by the beginning of a number or by exact e-mail.

Every query finds its rows through an index that also says how they are sorted, so a page costs about the same at 1,000
and at 1,000,000 orders. SQLite plans without statistics and would rather walk all orders by date than sort a handful:
what a search found is therefore materialised before it is sorted.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Label, Row, Select, Subquery, and_, case, func, literal, select, tuple_
from sqlalchemy.sql.base import ReadOnlyColumnCollection

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

Columns = ReadOnlyColumnCollection[str, Any]

_FEW = 1_000
"""Matches that are found first and sorted then, without a look for them among the nearest."""
_NEAR = 2_000
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
    rows: Sequence[Row[Any]] = ()
    for found in _ways(scope, vault, query, start, limit + 1):
        page = _from(select(found.c.id, found.c.placed_at), found.c, start).limit(limit + 1).subquery("page")
        rows = scope.rows(_completed(scope, page, now))
        if len(rows) > limit:
            break
    return _page(rows, start, limit)


def _ways(scope: Scope, vault: Vault, query: OrderQuery, start: Cursor | None, count: int) -> Iterator[CTE]:
    """What is asked for, the quickest way first; only the last is sure to find so much of it, or all there is."""
    text = query.text.strip()
    if not text:
        yield _found(scope, query).prefix_with("NOT MATERIALIZED")
        return
    if "@" in text:
        person = scope.select(people, people.c.id).where(people.c.email_hash == vault.email_hash(text))
        yield _found(scope, query, orders.c.person_id == person.scalar_subquery()).prefix_with("MATERIALIZED")
        return
    if len(scope.rows(scope.select(orders, orders.c.id).where(_begins(orders.c, text)).limit(_FEW))) == _FEW:
        yield _near(scope, query, text, start)
    edge = () if _filters(query) else (_within(scope, text, start, count),)
    yield _found(scope, query, _begins(orders.c, text), *edge).prefix_with("MATERIALIZED")


def _found(scope: Scope, query: OrderQuery, *conditions: ColumnElement[bool]) -> CTE:
    found = scope.select(orders, orders.c.id, orders.c.placed_at)
    return found.where(*_kept(query, orders.c), *conditions).cte("found")


def _near(scope: Scope, query: OrderQuery, text: str, start: Cursor | None) -> CTE:
    """Those among the next so many by date: where many match, a page of them most likely is."""
    columns = (orders.c[name] for name in ("id", "placed_at", "number_normalised", *_filters(query)))
    near = _from(scope.select(orders, *columns), orders.c, start).limit(_NEAR).subquery("near")
    return select(near.c.id, near.c.placed_at).where(*_kept(query, near.c), _begins(near.c, text)).cte("found")


def _within(scope: Scope, text: str, start: Cursor | None, count: int) -> ColumnElement[bool]:
    """As far as the page can reach: no farther than so many of its numbers, taken from the end that was given last.

    Numbers go up with time, so that is hardly farther than it does reach, and spares sorting thousands.
    """
    number, is_backward = orders.c.number_normalised, start is not None and start.is_backward
    some = scope.select(orders, orders.c.placed_at).where(_begins(orders.c, text), *_beyond(orders.c, start))
    taken = some.order_by(number if is_backward else number.desc()).limit(count).subquery()
    if is_backward:
        return orders.c.placed_at <= select(func.max(taken.c.placed_at)).scalar_subquery()
    return orders.c.placed_at >= select(func.min(taken.c.placed_at)).scalar_subquery()


def _kept(query: OrderQuery, columns: Columns) -> list[ColumnElement[bool]]:
    return [columns[name] == value for name, value in _filters(query).items()]


def _filters(query: OrderQuery) -> dict[str, str]:
    wanted = {"shop_id": query.shop, "standing": query.standing and query.standing.value}
    return {name: value for name, value in wanted.items() if value is not None}


def _begins(columns: Columns, text: str) -> ColumnElement[bool]:
    first, end = prefix_range(text)
    return and_(columns.number_normalised >= first, columns.number_normalised < end)


def _from(statement: Select[Any], columns: Columns, start: Cursor | None) -> Select[Any]:
    """On from there, nearest first."""
    onward = statement.where(*_beyond(columns, start))
    if start is not None and start.is_backward:
        return onward.order_by(columns.placed_at, columns.id)
    return onward.order_by(columns.placed_at.desc(), columns.id.desc())


def _beyond(columns: Columns, start: Cursor | None) -> list[ColumnElement[bool]]:
    """On that side of it that is asked for."""
    if start is None:
        return []
    here = tuple_(literal(from_microseconds(start.at), Instant), literal(start.id))
    position = tuple_(columns.placed_at, columns.id)
    return [here < position if start.is_backward else here > position]


def _completed(scope: Scope, page: Subquery, now: datetime) -> Select[Any]:
    """What a page says of these orders; a join promises no order."""
    listed = (orders.c[name] for name in _LISTED)
    whole = scope.select(orders.join(shops), *listed, shops.c.name.label("shop_name"), _next_last_day(now))
    return whole.join(page, page.c.id == orders.c.id)


def _next_last_day(now: datetime) -> Label[date]:
    # A case instead of a condition: with a condition on closes_at, SQLite would walk all the merchant's closing clocks.
    days = case((entitlements.c.closes_at > now, entitlements.c.last_day))
    of_order = (entitlements.c.merchant_id == orders.c.merchant_id) & (entitlements.c.order_id == orders.c.id)
    return select(func.min(days)).where(of_order).scalar_subquery().label("next_last_day")


def _page(found: Sequence[Row[Any]], start: Cursor | None, limit: int) -> Page:
    is_backward = start is not None and start.is_backward
    is_more = len(found) > limit
    nearest = sorted(found, key=lambda row: (row.placed_at, row.id), reverse=not is_backward)[:limit]
    newest_first = tuple(map(_row, reversed(nearest) if is_backward else nearest))
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
