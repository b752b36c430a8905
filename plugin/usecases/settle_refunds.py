"""Settle our refunds by what the platform reports of their orders, in the transaction that stores the report."""

from collections.abc import Sequence
from dataclasses import dataclass

from plugin.domain.ids import RefundId
from plugin.domain.refund.echo import settled_by, taken_back
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.stored import StoredOrder
from plugin.ports.ids import Ids
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.tell_claims import tell_of_refunds


@dataclass(frozen=True, slots=True)
class Reported:
    """An order before and after a platform's report; `before` is None for one that was not on record."""

    before: StoredOrder | None
    after: StoredOrder


def settle_refunds(reports: Sequence[Reported], unit: UnitOfWork, ids: Ids) -> int:
    """How many refunds of ours changed: settled because the platform has them, or reversed because it has no more.

    A refund that is nobody's of ours stays the platform's alone. Reads nothing where no order's refunds changed.
    """
    told = {report.after.id: report for report in reports if report.before and _has_news(report)}
    if not told:
        return 0
    changed: list[RefundIntent] = []
    intents = unit.refunds.of(list(told))
    for order, report in told.items():
        own = [intent for intent in intents if intent.order == order]
        changed += settled_by(report.after.order, own)
        if own and report.before:
            gone = taken_back(report.before.order, report.after.order, own)
            at = report.after.order.updated_at
            changed += [intent.reversal(RefundId(ids.new()), at) for intent in gone]
    unit.refunds.save(changed)
    tell_of_refunds(changed, unit)
    return len(changed)


def _has_news(report: Reported) -> bool:
    return report.before is not None and report.before.order.refunds != report.after.order.refunds
