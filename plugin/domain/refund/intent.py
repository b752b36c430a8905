"""A refund of ours from its grant to its settlement; every step is a transition, a reversal is a row of its own.

intent -> sent -> settled | failed | needs_shopper_data -> settled. What may have moved money counts as gone until the
platform says that it did not.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID, uuid5

from plugin.domain.errors import Conflict
from plugin.domain.ids import LineId, OrderId, RefundId
from plugin.domain.order import Price
from plugin.domain.refund.allocation import Allocation
from plugin.domain.refund.request import ShippingRule

_KEYS = UUID("6f1c6b0e-6f0a-4f5e-9d39-2f7f0a1d5c11")


STOPPED = "stopped"
"""The code of a refund that was taken back before anything left; it waits for nobody."""


class RefundState(StrEnum):
    """Where a refund stands."""

    INTENT = "intent"
    """Granted; not sent, or sent without an answer so far."""
    SENT = "sent"
    """The platform took it; `platform_refund` is its id there."""
    SETTLED = "settled"
    """The platform itself reported it back. Final."""
    FAILED = "failed"
    """Parked with `code`; a person tries again."""
    NEEDS_SHOPPER_DATA = "needs_shopper_data"
    """The way the money came is closed (cash on delivery, a dead card): the shopper says where it should go."""


class Means(StrEnum):
    """Which way the money goes back."""

    ORIGINAL = "original"
    """Through the platform, the way it came."""
    PAYOUT = "payout"
    """By the merchant's own bank, from an export file; the platform only records it."""


class NotInThatState(Conflict):
    """The refund is past the step that was asked for."""

    code = "refund_not_in_that_state"


_NEXT = {
    RefundState.INTENT: frozenset(RefundState) - {RefundState.INTENT},
    RefundState.SENT: frozenset({RefundState.SETTLED, RefundState.FAILED, RefundState.NEEDS_SHOPPER_DATA}),
    RefundState.NEEDS_SHOPPER_DATA: frozenset(RefundState) - {RefundState.NEEDS_SHOPPER_DATA},
    RefundState.FAILED: frozenset({RefundState.INTENT, RefundState.SETTLED}),
    RefundState.SETTLED: frozenset[RefundState](),
}
"""From `needs_shopper_data` back to `intent` once the money was paid out, so that the platform records it, and to
`failed` when it is taken back. From `failed` to `settled`: the report came after we had given up."""


@dataclass(frozen=True, slots=True)
class RefundIntent:
    """One refund we grant. `purpose` names what it is for (a claim's id); `total` is the sum of the allocations.

    `shipping_rule` says by which rule delivery went into it, were its share less than a minor unit. `may_have_moved`:
    an attempt was made whose outcome nobody knows. `due_at`: when the next attempt may begin; None: none is wanted.
    `reverses` names the settled refund that this row takes back: its money is open again.
    """

    id: RefundId
    order: OrderId
    purpose: str
    allocations: tuple[Allocation, ...]
    total: Price
    created_at: datetime
    changed_at: datetime
    shipping_rule: ShippingRule = ShippingRule.NONE
    means: Means = Means.ORIGINAL
    state: RefundState = RefundState.INTENT
    platform_refund: str | None = None
    code: str | None = None
    attempts: int = 0
    attempted_at: datetime | None = None
    due_at: datetime | None = None
    may_have_moved: bool = False
    paid_out_at: datetime | None = None
    """When the merchant's bank paid, for a payout."""
    restock: bool = False
    reverses: RefundId | None = None
    version: int = 0
    """0: not saved yet; each save compares and increments."""

    @property
    def idempotency_key(self) -> str:
        """The one key of this refund at the platform, the same at every attempt: a UUID, as Shopify wants it.

        Shopify Admin API 2026-10: `refundCreate @idempotent(key:)`; WooCommerce has none, so it becomes a marker.
        """
        return str(uuid5(_KEYS, self.id))

    @property
    def is_pending(self) -> bool:
        """Whether its money counts as gone though the platform has not reported it."""
        if self.reverses is not None or self.state is RefundState.SETTLED:
            return False
        return self.state is not RefundState.FAILED or self.may_have_moved

    def attempted(self, now: datetime, lease_until: datetime) -> Self:
        """An attempt begins; it is known before anything leaves, so that a crash leaves the doubt on record."""
        self._must_be(RefundState.INTENT)
        attempts = self.attempts + 1
        tried = replace(self, attempts=attempts, attempted_at=now, due_at=lease_until, may_have_moved=True)
        return replace(tried, changed_at=now)

    def counted(self) -> Self:
        """An attempt that came to nothing before anything left."""
        return replace(self, attempts=self.attempts + 1)

    def unanswered(self, code: str, next_at: datetime | None, now: datetime) -> Self:
        """No useful answer: tried again at `next_at`, parked when that is None; the money may have moved."""
        if next_at is None:
            return replace(self._to(RefundState.FAILED, now), code=code)
        return replace(self, code=code, due_at=next_at, changed_at=now)

    def sent(self, platform_refund: str, now: datetime) -> Self:
        """The platform took it."""
        return replace(self._to(RefundState.SENT, now), platform_refund=platform_refund, code=None)

    def settled(self, platform_refund: str, now: datetime) -> Self:
        """The platform reported it back."""
        return replace(self._to(RefundState.SETTLED, now), platform_refund=platform_refund, code=None)

    def failed(self, code: str, now: datetime) -> Self:
        """The platform understood and refused: no money moved, but for a payout that the bank has made."""
        return replace(self._to(RefundState.FAILED, now), code=code, may_have_moved=self.paid_out_at is not None)

    def awaits_shopper(self, code: str, now: datetime) -> Self:
        """The money cannot go the way it came: it waits for the shopper's bank or wallet."""
        waiting = self._to(RefundState.NEEDS_SHOPPER_DATA, now)
        return replace(waiting, code=code, means=Means.PAYOUT, may_have_moved=False)

    def paid_out(self, now: datetime) -> Self:
        """The merchant's bank paid: what is left is the platform's record of it."""
        self._must_be(RefundState.NEEDS_SHOPPER_DATA)
        again = replace(self._to(RefundState.INTENT, now), attempts=0, code=None, may_have_moved=True)
        return replace(again, paid_out_at=now, due_at=now)

    def stopped(self, now: datetime) -> Self:
        """Taken back by whoever granted it, before anything left: its money is open again."""
        has_left = self.attempted_at is not None and self.state is not RefundState.NEEDS_SHOPPER_DATA
        if has_left or self.paid_out_at is not None:
            raise NotInThatState({"refund": self.id, "state": self.state, "wanted": STOPPED})
        return self.failed(STOPPED, now)

    def tried_again(self, now: datetime) -> Self:
        """A person asks for another attempt, under the same key."""
        self._must_be(RefundState.FAILED)
        return replace(self._to(RefundState.INTENT, now), attempts=0, code=None, due_at=now)

    def reversal(self, refund: RefundId, now: datetime) -> Self:
        """The row that takes this settled refund back, because the platform has it no more."""
        self._must_be(RefundState.SETTLED)
        return replace(
            self, id=refund, reverses=self.id, platform_refund=None, created_at=now, changed_at=now, version=0
        )

    def units(self, line: LineId) -> int:
        """How many units of a line it pays back."""
        return sum(part.quantity for part in self.allocations if part.line == line)

    def _to(self, state: RefundState, now: datetime) -> Self:
        if state not in _NEXT[self.state]:
            raise NotInThatState({"refund": self.id, "state": self.state, "wanted": state})
        return replace(self, state=state, changed_at=now, due_at=None)

    def _must_be(self, state: RefundState) -> None:
        if self.state is not state:
            raise NotInThatState({"refund": self.id, "state": self.state, "wanted": state})
