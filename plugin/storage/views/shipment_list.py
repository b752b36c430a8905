"""The list of parcels: keyset pages, search by a parcel's or an order's number or by exact e-mail.

Rows are found first, along the index that sorts them, and completed then. SQLite plans without statistics and would
rather walk all parcels by date than sort a handful: what a search found is therefore materialised before it is sorted.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, Row, Select, Subquery, and_, literal, select, tuple_, union

from plugin.domain.errors import Invalid
from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.shipment import Purpose
from plugin.ports.shipment_views import ShipmentPage, ShipmentQuery, ShipmentRow
from plugin.storage.column_types import Instant, from_microseconds, microseconds
from plugin.storage.scope import Scope
from plugin.storage.search import prefix_range
from plugin.storage.tables import alerts, orders, people, shipment_numbers, shipments, shops
from plugin.storage.vault import Vault
from plugin.storage.views.cursor import Cursor

_MOST = 500
_columns = shipments.c
_LISTED = (
    *("merchant_id", "id", "shop_id", "order_id", "sent_as", "carrier", "purpose", "status", "since", "destination"),
    *("expected_first", "expected_last", "created_at", "is_void"),
)


def shipment_page(scope: Scope, vault: Vault, query: ShipmentQuery, cursor: str | None, limit: int) -> ShipmentPage:
    """One page, newest first; raises `Invalid` on a cursor that is not ours or a limit outside 1 to 500."""
    if not 1 <= limit <= _MOST:
        raise Invalid({"field": "limit"})
    start = Cursor.parse(cursor) if cursor else None
    matching = _matching(scope, vault, query.text.strip())
    if query.needs_attention:
        matching.append(_columns.id.in_(_waiting(scope)))
    listed = scope.select(shipments, *(_columns[name] for name in _LISTED)).where(*_filters(query), *matching)
    found = listed.cte("found").prefix_with("MATERIALIZED" if matching else "NOT MATERIALIZED")
    return _page(scope.rows(_completed(_slice(found, start, limit))), start, limit)


def _filters(query: ShipmentQuery) -> list[ColumnElement[bool]]:
    wanted = (
        (_columns.shop_id, query.shop),
        (_columns.status, query.status and query.status.value),
        (_columns.purpose, query.purpose and query.purpose.value),
        (_columns.carrier, query.carrier),
        (_columns.destination, query.destination),
    )
    return [column == value for column, value in wanted if value is not None]


def _waiting(scope: Scope) -> Select[Any]:
    """The parcels that an alert waits about: few, and kept together."""
    return scope.select(alerts, alerts.c.shipment_id).where(alerts.c.needs_attention.is_(True))


def _matching(scope: Scope, vault: Vault, text: str) -> list[ColumnElement[bool]]:
    """What the text asks for."""
    if not text:
        return []
    if "@" in text:
        person = scope.select(people, people.c.id).where(people.c.email_hash == vault.email_hash(text))
        return [_columns.person_id == person.scalar_subquery()]
    own, of_order = shipment_numbers.c, prefix_range(text)
    begun = "".join(text.split()).upper()
    numbered = scope.select(shipment_numbers, own.shipment_id).where(
        own.number >= begun, own.number < begun + "\U0010ffff"
    )
    bought = scope.select(orders, orders.c.id).where(
        orders.c.number_normalised >= of_order[0], orders.c.number_normalised < of_order[1]
    )
    ordered = scope.select(shipments, _columns.id).where(_columns.order_id.in_(bought))
    return [_columns.id.in_(union(numbered, ordered))]


def _slice(found: CTE, start: Cursor | None, limit: int) -> Subquery:
    """The rows of the page and one more, nearest to the cursor first."""
    statement = select(*found.c)
    is_backward = start is not None and start.is_backward
    if start is not None:
        here = tuple_(literal(from_microseconds(start.at), Instant), literal(start.id))
        position = tuple_(found.c.created_at, found.c.id)
        statement = statement.where(here < position if is_backward else here > position)
    keys = (found.c.created_at, found.c.id)
    ordered = statement.order_by(*keys if is_backward else (key.desc() for key in keys))
    return ordered.limit(limit + 1).subquery("page")


def _completed(found: Subquery) -> Select[Any]:
    """The rows with what other tables know of them, newest first."""
    of_parcel = and_(alerts.c.merchant_id == found.c.merchant_id, alerts.c.shipment_id == found.c.id)
    waits = select(alerts.c.id).where(of_parcel, alerts.c.needs_attention.is_(True)).exists()
    joined = found.join(shops, _refers(found, "shop_id", shops)).join(orders, _refers(found, "order_id", orders))
    names = shops.c.name.label("shop_name"), orders.c.number.label("order_number"), waits.label("waits")
    newest_first = (found.c.created_at.desc(), found.c.id.desc())
    return select(*found.c, *names).select_from(joined).order_by(*newest_first)


def _refers(found: Subquery, column: str, table: Any) -> ColumnElement[bool]:  # noqa: ANN401 - any of the tables
    return and_(table.c.merchant_id == found.c.merchant_id, table.c.id == found.c[column])


def _page(newest_first: Sequence[Row[Any]], start: Cursor | None, limit: int) -> ShipmentPage:
    """The one row too many is the furthest from the cursor."""
    is_backward = start is not None and start.is_backward
    is_more = len(newest_first) > limit
    kept = newest_first[-limit:] if is_backward else newest_first[:limit]
    rows = tuple(_row(row) for row in kept)
    is_older, is_newer = (True, is_more) if is_backward else (is_more, start is not None)
    return ShipmentPage(
        rows,
        next_cursor=_cursor(rows[-1], is_backward=False) if rows and is_older else None,
        previous_cursor=_cursor(rows[0], is_backward=True) if rows and is_newer else None,
    )


def _cursor(row: ShipmentRow, *, is_backward: bool) -> str:
    return str(Cursor(microseconds(row.created_at), row.id, is_backward))


def _row(row: Row[Any]) -> ShipmentRow:
    return ShipmentRow(
        id=row.id,
        shop=row.shop_id,
        shop_name=row.shop_name,
        order=row.order_id,
        order_number=row.order_number,
        number=row.sent_as,
        carrier=row.carrier,
        purpose=Purpose(row.purpose),
        status=DeliveryStatus(row.status),
        since=row.since,
        destination=row.destination,
        expected_first=row.expected_first,
        expected_last=row.expected_last,
        created_at=row.created_at,
        needs_attention=row.waits,
        is_void=row.is_void,
    )
