"""Refunds of one state in a list; where money is paid to stays sealed."""

from collections.abc import Sequence

from plugin.domain.money import Money
from plugin.domain.refund.intent import STOPPED, RefundState
from plugin.ports.views import RefundRow
from plugin.storage.scope import Scope
from plugin.storage.tables import orders, refund_intents, shops

_LISTED = ("id", "order_id", "purpose", "state", "code", "total_minor", "currency", "changed_at")


def refunds_in(scope: Scope, state: RefundState, limit: int) -> Sequence[RefundRow]:
    """Longest there first; one that was taken back before anything left waits for nobody."""
    columns = refund_intents.c
    listed = (columns[name] for name in _LISTED)
    joined = refund_intents.join(orders).join(shops)
    statement = scope.select(joined, *listed, orders.c.number, orders.c.shop_id, shops.c.name.label("shop_name"))
    is_there = (columns.state == state.value) & (columns.code.is_(None) | (columns.code != STOPPED))
    return [
        RefundRow(
            id=row.id,
            order=row.order_id,
            order_number=row.number,
            shop=row.shop_id,
            shop_name=row.shop_name,
            purpose=row.purpose,
            state=RefundState(row.state),
            code=row.code,
            total=Money(row.total_minor, row.currency),
            changed_at=row.changed_at,
        )
        for row in scope.rows(statement.where(is_there).order_by(columns.changed_at, columns.id).limit(limit))
    ]
