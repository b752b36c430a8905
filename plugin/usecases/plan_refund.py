"""Grant a refund: what it is worth is decided and kept, and its execution queued, in the caller's transaction."""

from dataclasses import replace
from datetime import datetime

from plugin.domain.effects import ExecuteRefund
from plugin.domain.ids import OrderId, RefundId
from plugin.domain.refund.allocate import quote
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.request import RefundRequest
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork


def plan_refund(
    request: RefundRequest,
    order: OrderId,
    *,
    purpose: str,
    unit: UnitOfWork,
    ids: Ids,
    now: datetime,
) -> RefundIntent:
    """The refund as granted; the caller commits. `purpose` names what it is for, a claim's id.

    The order is held until then, so that what is settled and pending never exceeds what was captured. Each call grants
    another refund: whoever may be called twice guards itself, as a claim does by its version. Raises `NotFound`,
    `NotRefundable`, `DeductionNotAllowed`, `NothingToRefund` and `CurrencyMismatch`.
    """
    known = unit.refunds.hold(order)
    quoted = quote(request, unit.orders.get(order).order, known)
    intent = RefundIntent(
        id=RefundId(ids.new()),
        order=order,
        purpose=purpose,
        allocations=quoted.allocations,
        total=quoted.total,
        created_at=now,
        changed_at=now,
        shipping_rule=quoted.shipping_rule,
        due_at=now,
        restock=request.restock,
    )
    unit.refunds.save([intent])
    unit.queue.add([ExecuteRefund(unit.merchant, intent.id)], key=intent.id)
    return replace(intent, version=1)
