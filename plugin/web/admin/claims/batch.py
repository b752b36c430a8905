"""Where the goods of a hazard went: the other orders that hold some of them, for whoever has to warn their buyers."""

from collections.abc import Sequence
from dataclasses import dataclass

from plugin.domain.claim.vocabulary import Tier
from plugin.domain.claim_engine.safety import batch_of
from plugin.ports.views import BatchRow
from plugin.usecases.claim.read_case import CaseRead
from plugin.web.admin.auth import presence
from plugin.web.deps import deps

LOOKED_AT = 5_000
"""Of the latest orders; those before are older than a page may take to read."""


@dataclass(frozen=True, slots=True)
class BatchView:
    """One item of the claim, what its batch is told by, and the other orders with it, newest first."""

    title: str
    name: str
    rows: Sequence[BatchRow]

    @property
    def units(self) -> int:
        """How many are out there."""
        return sum(row.quantity for row in self.rows)


def batches_of(case: CaseRead) -> list[BatchView]:
    """The batches of a hazard's items; nothing where nobody is at risk."""
    if case.claim.tier is not Tier.SAFETY:
        return []
    claimed = {line.order_line for line in case.claim.lines}
    found = {batch_of(item): item.title for item in case.stored.order.lines if item.id in claimed}
    views, merchant = deps().views, presence().merchant
    return [
        BatchView(
            title,
            batch.name or "",
            [row for row in views.orders_with(merchant, batch, case.shop.id, LOOKED_AT) if row.order != case.stored.id],
        )
        for batch, title in found.items()
        if batch.is_named
    ]
