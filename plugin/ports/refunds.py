"""Refunds of ours on record: granting one holds its order's row, so that two never exceed what was captured."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import OrderId, RefundId
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.refund.payee import Payee


class Refunds(Protocol):
    """One merchant's refunds; where they are paid to is sealed under the shopper's own key."""

    def hold(self, order: OrderId) -> Sequence[RefundIntent]:
        """All of the order's, oldest first; until this unit ends nobody else grants one. Raises `NotFound`."""
        ...

    def of(self, orders: Sequence[OrderId]) -> Sequence[RefundIntent]:
        """All of these orders', oldest first."""
        ...

    def get(self, refund: RefundId) -> RefundIntent:
        """Raises `NotFound`."""
        ...

    def for_purpose(self, purpose: str) -> Sequence[RefundIntent]:
        """All granted for one purpose, oldest first."""
        ...

    def save(self, intents: Sequence[RefundIntent]) -> None:
        """Insert (version 0) or compare-and-swap on version; `Conflict` and nothing saved when one has moved on.

        `Conflict` too when another refund of ours is the platform's refund already.
        """
        ...

    def due(self, now: datetime, limit: int) -> Sequence[RefundId]:
        """Those whose next attempt may begin, longest due first."""
        ...

    def changed(self, since: datetime, before: datetime, limit: int) -> Sequence[RefundIntent]:
        """Those that last moved from `since` until `before` (exclusive), oldest first."""
        ...

    def keep_payee(self, refund: RefundId, payee: Payee) -> None:
        """Seal where it is paid to, replacing what was there. Raises `NotFound`, and once the person is erased."""
        ...

    def payee(self, refund: RefundId) -> Payee | None:
        """Where it is paid to. Raises `NotFound`.

        None: nobody said so, the person was erased, or the order is another's since.
        """
        ...
