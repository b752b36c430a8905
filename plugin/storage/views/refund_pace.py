"""How fast refunds were, over all claims whose money arrived in a period."""

from datetime import datetime

from sqlalchemy import func

from plugin.ports.claim_views import RefundPace
from plugin.storage.scope import Scope
from plugin.storage.tables import claims


def refund_pace(scope: Scope, since: datetime) -> RefundPace | None:
    """The nearest-rank 90th percentile, read off the index of the period; None where no money arrived in it."""
    was_paid = claims.c.refunded_at >= since
    ((count,),) = scope.rows(scope.select(claims, func.count()).where(was_paid))
    if not count:
        return None
    rank = -(-count * 9 // 10)
    took = scope.select(claims, claims.c.refund_seconds).where(was_paid).order_by(claims.c.refund_seconds)
    ((seconds,),) = scope.rows(took.offset(rank - 1).limit(1))
    return RefundPace(count, seconds)
