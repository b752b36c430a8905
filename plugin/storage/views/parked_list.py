"""Parked records in a list; bodies stay sealed."""

from collections.abc import Sequence

from plugin.ports.views import ParkedRow
from plugin.storage.scope import Scope
from plugin.storage.tables import parked, shops

_LISTED = ("id", "shop_id", "topic", "code", "field", "parked_at", "attempts", "size")


def parked_rows(scope: Scope, limit: int) -> Sequence[ParkedRow]:
    """Newest first."""
    listed = (parked.c[name] for name in _LISTED)
    statement = scope.select(parked.join(shops), *listed, shops.c.name.label("shop_name"))
    rows = scope.rows(statement.order_by(parked.c.parked_at.desc(), parked.c.id.desc()).limit(limit))
    return [
        ParkedRow(
            id=row.id,
            shop=row.shop_id,
            shop_name=row.shop_name,
            topic=row.topic,
            code=row.code,
            field=row.field,
            parked_at=row.parked_at,
            attempts=row.attempts,
            size=row.size,
        )
        for row in rows
    ]
