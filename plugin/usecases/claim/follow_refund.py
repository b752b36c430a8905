"""Tell a claim what became of its money: queued in the transaction that changed the refund, told by the worker."""

from datetime import datetime

from plugin.domain.claim.claim import ClaimRefund
from plugin.domain.claim.commands.refunding import follow
from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimId, RefundId
from plugin.domain.refund.intent import RefundIntent, RefundState
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.act import read_claim
from plugin.usecases.claim.desk import Desk
from plugin.usecases.claim.work import work_on_claim


def follow_refund(refund: RefundId, *, desk: Desk, now: datetime) -> str:
    """`told`, or `no_claim` for a refund that no claim granted; news that is none changes nothing.

    Raises `Conflict` when somebody else worked on the claim meanwhile: the job is given again.
    """
    with desk.units.read(desk.merchant) as unit:
        intent = unit.refunds.get(refund)
        is_known = _row(intent, unit) is not None
    if not is_known:
        return "no_claim"
    detail = _detail(intent)
    work_on_claim(
        ClaimId(intent.purpose), lambda claim: follow(claim, refund, intent.state, detail), desk=desk, now=now
    )
    return "told"


def _detail(intent: RefundIntent) -> str | None:
    """The platform's id of what moved, or the code of what did not."""
    return intent.code or (intent.platform_refund if intent.state is not RefundState.INTENT else None)


def is_news(intent: RefundIntent, unit: UnitOfWork) -> bool:
    """Whether the claim that granted it does not know yet where it stands; never for a refund of no claim."""
    row = _row(intent, unit)
    return row is not None and intent.reverses is None and (row.state, row.detail) != (intent.state, _detail(intent))


def _row(intent: RefundIntent, unit: UnitOfWork) -> ClaimRefund | None:
    try:
        claim = read_claim(ClaimId(intent.purpose), unit)
    except NotFound:
        return None
    return next((row for row in claim.refunds if row.id == intent.id), None)
