"""Refunds of ours, in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId, RefundId
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.payee import Payee
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeRefunds:
    tables: Tables

    def hold(self, order: OrderId) -> Sequence[RefundIntent]:
        if order not in self.tables.orders:
            raise NotFound({"order": order})
        return self.of([order])

    def of(self, orders: Sequence[OrderId]) -> Sequence[RefundIntent]:
        return self._all(lambda intent: intent.order in orders)

    def get(self, refund: RefundId) -> RefundIntent:
        if refund not in self.tables.refunds:
            raise NotFound({"refund": refund})
        return self.tables.refunds[refund]

    def for_purpose(self, purpose: str) -> Sequence[RefundIntent]:
        return self._all(lambda intent: intent.purpose == purpose)

    def save(self, intents: Sequence[RefundIntent]) -> None:
        after = dict(self.tables.refunds)
        for intent in intents:
            known = after.get(intent.id)
            if intent.version != (known.version if known else 0):
                raise Conflict({"what": "refund"})
            if intent.order not in self.tables.orders:
                raise NotFound({"what": "parent"})
            after[intent.id] = replace(intent, version=intent.version + 1)
        theirs = [(intent.order, intent.platform_refund) for intent in after.values() if intent.platform_refund]
        if len(set(theirs)) < len(theirs):
            raise Conflict({"what": "row"})
        self.tables.refunds = after

    def due(self, now: datetime, limit: int) -> Sequence[RefundId]:
        due = sorted((i.due_at, i.id) for i in self.tables.refunds.values() if i.due_at and i.due_at <= now)
        return [refund for _, refund in due][:limit]

    def changed(self, since: datetime, before: datetime, limit: int) -> Sequence[RefundIntent]:
        moved = [each for each in self.tables.refunds.values() if since <= each.changed_at < before]
        return sorted(moved, key=lambda each: (each.changed_at, each.id))[:limit]

    def keep_payee(self, refund: RefundId, payee: Payee) -> None:
        if self._is_erased(refund):
            raise NotFound({"refund": refund})
        self.tables.payees[refund] = payee

    def payee(self, refund: RefundId) -> Payee | None:
        return None if self._is_erased(refund) else self.tables.payees.get(refund)

    def _is_erased(self, refund: RefundId) -> bool:
        return self.tables.holders.get(self.get(refund).order) in self.tables.erased

    def _all(self, fits: Callable[[RefundIntent], bool]) -> Sequence[RefundIntent]:
        found = (intent for intent in self.tables.refunds.values() if fits(intent))
        return sorted(found, key=lambda intent: (intent.created_at, intent.id))
