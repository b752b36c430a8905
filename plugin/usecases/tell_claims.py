"""Queue the news of what moved for a claim, in the transaction that moved it; the worker tells the claim."""

from collections.abc import Iterable

from plugin.domain.effects import FollowBatch, FollowLabel, FollowRefund
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.returning.batch import BatchState, HubBatch
from plugin.domain.returning.label import Label, LabelState
from plugin.ports.unit_of_work import UnitOfWork


def tell_of_refunds(changed: Iterable[RefundIntent], unit: UnitOfWork) -> None:
    """Each change of a refund is told once; desk and ledger read a reversal from its own row."""
    for intent in changed:
        if intent.reverses is None:
            effect = FollowRefund(unit.merchant, intent.id)
            unit.queue.add([effect], key=f"{intent.id}:{intent.version}:{intent.state}")


def tell_of_label(label: Label, unit: UnitOfWork) -> None:
    """A label that can be used now, or no more."""
    if label.state in {LabelState.ISSUED, LabelState.EXPIRED}:
        unit.queue.add([FollowLabel(unit.merchant, label.id)], key=f"{label.id}:{label.state}")


def tell_of_batch(batch: HubBatch, unit: UnitOfWork) -> None:
    """A batch that left its hub, or has arrived."""
    if batch.state in {BatchState.DISPATCHED, BatchState.RECEIVED}:
        unit.queue.add([FollowBatch(unit.merchant, batch.id)], key=f"{batch.id}:{batch.state}")
