"""Claims in a list: keyset pages of every view, search by number or exact e-mail, an order's and a shopper's claims.

Rows are found first, along an index that sorts them, and completed then: a page costs the same at 1,000 and at 200,000
claims. SQLite plans without statistics and would rather walk all claims by date than sort a handful: what a search
found is therefore materialised before it is sorted.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Row, Select, Subquery, and_, func, literal, or_, select, tuple_, union

from plugin.domain.claim.machines.conversation import TimerState
from plugin.domain.claim.status import ClaimStatus
from plugin.domain.claim.vocabulary import ClaimTrack, Tier
from plugin.domain.errors import Invalid
from plugin.domain.ids import OrderId
from plugin.domain.remedy import Remedy
from plugin.ports.claim_views import ClaimPage, ClaimQuery, ClaimRow, QueueView
from plugin.storage.claim_numbers import normalised_number
from plugin.storage.column_types import Instant, from_microseconds, microseconds
from plugin.storage.scope import Scope
from plugin.storage.search import prefix_range
from plugin.storage.tables import claim_lines, claims, orders, people, shops
from plugin.storage.vault import Vault
from plugin.storage.views.claim_queues import held_by, sorted_by
from plugin.storage.views.cursor import Cursor

_FEW = 1_000
_MOST = 500
_columns = claims.c
_FIRST = claim_lines.alias("first_line")
_LISTED = (
    *("merchant_id", "id", "number", "shop_id", "order_id", "track", "status", "tier", "country", "zone", "language"),
    *("assignee", "needs_person", "waits_for_answer", "timer", "answer_due_at", "money_due_at", "has_failed_refund"),
    *("opened_at", "changed_at"),
)


def claim_page(
    scope: Scope, vault: Vault, query: ClaimQuery, cursor: str | None, limit: int, now: datetime
) -> ClaimPage:  # fmt: skip
    """One page; raises `Invalid` on a cursor that is not ours or a limit outside 1 to 500."""
    if not 1 <= limit <= _MOST:
        raise Invalid({"field": "limit"})
    start = Cursor.parse(cursor) if cursor else None
    matching, is_few = _matching(scope, vault, query.text.strip())
    listed = scope.select(claims, *(_columns[name] for name in _LISTED), sorted_by(query.view).label("sorted"))
    found = listed.where(*held_by(query, now), *matching).cte("found")
    found = found.prefix_with("MATERIALIZED" if is_few else "NOT MATERIALIZED")
    rows = scope.rows(_completed(_slice(found, query.view, start, limit)))
    return _page(rows, query.view, start, limit)


def claims_of_order(scope: Scope, order: OrderId) -> Sequence[ClaimRow]:
    """Oldest first."""
    found = _found(scope).where(_columns.order_id == order).order_by(_columns.opened_at, _columns.id)
    return [_row(row) for row in scope.rows(_completed(found.subquery("found")))]


def claims_of_shopper(scope: Scope, order: OrderId, limit: int) -> Sequence[ClaimRow]:
    """Newest first."""
    person = scope.select(orders, orders.c.person_id).where(orders.c.id == order).scalar_subquery()
    theirs = scope.select(orders, orders.c.id).where(orders.c.person_id == person)
    found = _found(scope).where(_columns.order_id.in_(theirs)).cte("theirs").prefix_with("MATERIALIZED")
    newest = select(*found.c).order_by(found.c.sorted.desc(), found.c.id.desc()).limit(limit).subquery("found")
    return [_row(row) for row in reversed(scope.rows(_completed(newest)))]


def _found(scope: Scope) -> Select[Any]:
    return scope.select(claims, *(_columns[name] for name in _LISTED), _columns.opened_at.label("sorted"))


def _matching(scope: Scope, vault: Vault, text: str) -> tuple[list[ColumnElement[bool]], bool]:
    """What the text asks for, and whether that is so little that it is found first and sorted then."""
    if not text:
        return [], False
    if "@" in text:
        person = scope.select(people, people.c.id).where(people.c.email_hash == vault.email_hash(text))
        theirs = scope.select(orders, orders.c.id).where(orders.c.person_id == person.scalar_subquery())
        return [_columns.order_id.in_(theirs)], True
    numbered = _Numbered(text)
    by_own = scope.select(claims, _columns.id).where(*numbered.own(_columns.number))
    of_order = scope.select(orders, orders.c.id).where(*numbered.of_order(orders.c.number_normalised))
    if all(len(scope.rows(found.limit(_FEW))) < _FEW for found in (by_own, of_order)):
        return [
            _columns.id.in_(union(by_own, scope.select(claims, _columns.id).where(_columns.order_id.in_(of_order))))
        ], True
    # Expressions, so that the walk in the view's own order is not traded for sorting a thousand and more.
    begun = select(orders.c.id).where(
        orders.c.merchant_id == _columns.merchant_id,
        orders.c.id == _columns.order_id,
        *numbered.of_order(orders.c.number_normalised + literal("")),
    )
    return [or_(and_(*numbered.own(_columns.number + literal(""))), begun.exists())], False


class _Numbered:
    """The beginning of a claim's own number, or of its order's."""

    def __init__(self, text: str) -> None:
        self._own = normalised_number(text)
        self._order = prefix_range(text)

    def own(self, number: ColumnElement[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return number >= self._own, number < self._own + "\U0010ffff"

    def of_order(self, number: ColumnElement[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return number >= self._order[0], number < self._order[1]


def _slice(found: CTE, view: QueueView, start: Cursor | None, limit: int) -> Subquery:
    """The rows of the page and one more, nearest to the cursor first."""
    position = tuple_(found.c.sorted, found.c.id)
    statement = select(*found.c)
    is_rising = (view is not QueueView.ALL) != (start is not None and start.is_backward)
    if start is not None:
        here = tuple_(literal(from_microseconds(start.at), Instant), literal(start.id))
        statement = statement.where(here < position if is_rising else here > position)
    keys = (found.c.sorted, found.c.id) if is_rising else (found.c.sorted.desc(), found.c.id.desc())
    return statement.order_by(*keys).limit(limit + 1).subquery("page")


def _completed(found: Subquery) -> Select[Any]:
    """The rows with what other tables know of them, in the order they are sorted by, rising."""
    of_claim = (claim_lines.c.merchant_id == found.c.merchant_id) & (claim_lines.c.claim_id == found.c.id)
    count = select(func.count()).select_from(claim_lines).where(of_claim).scalar_subquery()
    is_first = and_(_FIRST.c.merchant_id == found.c.merchant_id, _FIRST.c.claim_id == found.c.id, _FIRST.c.no == 1)
    joined = (
        found.join(shops, _refers(found, "shop_id", shops))
        .join(orders, _refers(found, "order_id", orders))
        .outerjoin(_FIRST, is_first)
    )
    names = shops.c.name.label("shop_name"), orders.c.number.label("order_number")
    first = _FIRST.c.reason, _FIRST.c.wanted, count.label("line_count")
    return select(*found.c, *names, *first).select_from(joined).order_by(found.c.sorted, found.c.id)


def _refers(found: Subquery, column: str, table: Any) -> ColumnElement[bool]:  # noqa: ANN401 - any of the tables
    return and_(table.c.merchant_id == found.c.merchant_id, table.c.id == found.c[column])


def _page(found: Sequence[Row[Any]], view: QueueView, start: Cursor | None, limit: int) -> ClaimPage:
    """`found` is rising; the one row too many is the furthest from the cursor."""
    is_backward = start is not None and start.is_backward
    nearest_first = list(found) if (view is not QueueView.ALL) != is_backward else list(found)[::-1]
    kept, is_more = nearest_first[:limit], len(found) > limit
    rows = kept[::-1] if is_backward else kept
    is_next, is_previous = (True, is_more) if is_backward else (is_more, start is not None)
    return ClaimPage(
        tuple(_row(row) for row in rows),
        next_cursor=_cursor(rows[-1], is_backward=False) if rows and is_next else None,
        previous_cursor=_cursor(rows[0], is_backward=True) if rows and is_previous else None,
    )


def _cursor(row: Row[Any], *, is_backward: bool) -> str:
    return str(Cursor(microseconds(row.sorted), row.id, is_backward))


def _row(row: Row[Any]) -> ClaimRow:
    return ClaimRow(
        id=row.id,
        number=row.number,
        shop=row.shop_id,
        shop_name=row.shop_name,
        order=row.order_id,
        order_number=row.order_number,
        track=ClaimTrack(row.track),
        status=ClaimStatus(row.status),
        tier=Tier(row.tier),
        country=row.country,
        zone=row.zone,
        language=row.language,
        assignee=row.assignee,
        needs_person=row.needs_person,
        waits_for_answer=row.waits_for_answer,
        timer=TimerState(row.timer),
        answer_due_at=row.answer_due_at,
        money_due_at=row.money_due_at,
        has_failed_refund=row.has_failed_refund,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        line_count=row.line_count,
        reason=row.reason,
        wanted=Remedy(row.wanted) if row.wanted else None,
    )
