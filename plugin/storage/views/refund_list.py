"""Refunds that wait for a person, in a list; where money is paid to stays sealed."""

from collections.abc import Sequence

from plugin.domain.money import Money
from plugin.domain.refund.intent import STOPPED, RefundState
from plugin.ports.views import RefundRow
from plugin.storage.scope import Scope
from plugin.storage.tables import orders, refund_intents, shops

_WAITING = (RefundState.FAILED.value, RefundState.NEEDS_SHOPPER_DATA.value)
_LISTED = ("id", "order_id", "purpose", "state", "code", "total_minor", "currency", "changed_at")


def stuck_refunds(scope: Scope, limit: int) -> Sequence[RefundRow]:
    """Longest waiting first."""
    columns = refund_intents.c
    listed = (columns[name] for name in _LISTED)
    joined = refund_intents.join(orders).join(shops)
    statement = scope.select(joined, *listed, orders.c.number, orders.c.shop_id, shops.c.name.label("shop_name"))
    is_waiting = columns.state.in_(_WAITING) & (columns.code.is_(None) | (columns.code != STOPPED))
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
        for row in scope.rows(statement.where(is_waiting).order_by(columns.changed_at, columns.id).limit(limit))
    ]
