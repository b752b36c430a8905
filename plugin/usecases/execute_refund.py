"""Have the platform pay back a granted refund, once, however often this runs or dies in between.

The attempt is on record before anything leaves, and its key is the same every time: a platform that did it and whose
answer was lost says so when it is asked again. What nobody could answer is tried again later and later, then parked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from plugin.domain.backoff import UNEXPECTED, is_last, next_attempt
from plugin.domain.errors import Conflict
from plugin.domain.ids import MerchantId, RefundId
from plugin.domain.order import Order, PaymentKind
from plugin.domain.refund.echo import settled_by
from plugin.domain.refund.intent import Means, RefundIntent, RefundState
from plugin.domain.shop import Shop
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.platform_actions import ActionsOf, PlatformActions, Refusal
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.tell_claims import tell_of_refunds

_LEASE = timedelta(minutes=10)
"""Longer than any platform takes to answer; a worker that dies leaves the refund to the next one after that."""
UNAVAILABLE = "unavailable"
NO_ONLINE_REFUND = "no_online_refund"
_UNASKED = frozenset({Refusal.NOT_CONNECTED, Refusal.UNKNOWN_ORDER})
"""Said before the platform could look for an earlier attempt: it leaves that one as doubtful as it was."""
_AWAITED = {
    PaymentKind.CASH_ON_DELIVERY: "cash_on_delivery",
    PaymentKind.BANK_TRANSFER: "bank_transfer",
    PaymentKind.CHEQUE: "cheque",
}

Step = Callable[[RefundIntent], RefundIntent]


def execute_refund(refund: RefundId, *, merchant: MerchantId, units: Units, actions: ActionsOf, now: datetime) -> str:
    """The refund's state afterwards, or `waiting` when it is another worker's, or not its turn yet."""
    with units.read(merchant) as unit:
        intent = unit.refunds.get(refund)
        stored = unit.orders.get(intent.order)
        shop = unit.shops.get(stored.shop)
    if intent.state is not RefundState.INTENT:
        return intent.state
    if intent.due_at is not None and intent.due_at > now:
        return "waiting"
    return _Execution(intent, stored.order, shop, actions, units, now).run()


@dataclass(frozen=True, slots=True)
class _Execution:
    """One attempt at one refund."""

    intent: RefundIntent
    order: Order
    shop: Shop
    actions: ActionsOf
    units: Units
    now: datetime

    def run(self) -> str:
        """The refund's state afterwards."""
        if is_last(self.intent.attempts):
            return self._save(lambda intent: intent.unanswered(UNEXPECTED, None, self.now))
        try:
            platform = self.actions(self.shop)
            way = self._way(platform)
        except Unavailable:
            return self._save(lambda intent: _postponed(intent.counted(), self.now))
        except Rejected as error:
            return self._save(self._refused(error.code))
        if way is not None:
            return self._save(lambda intent: intent.awaits_shopper(way, self.now))
        try:
            begun = self._begin()
        except Conflict:
            return "waiting"
        return self._save(self._attempt(begun, platform), is_answer=True)

    def _way(self, platform: PlatformActions) -> str | None:
        """Why the money cannot go back the way it came; None: it can, or it has been paid out and is put on record.

        Not asked of what may have gone already: it may be what has left nothing to pay back.
        """
        if self.intent.means is Means.PAYOUT or self.intent.may_have_moved:
            return None
        if platform.capabilities(self.order).refund_online:
            return None
        return _AWAITED.get(self.order.payment, NO_ONLINE_REFUND)

    def _begin(self) -> RefundIntent:
        begun = self.intent.attempted(self.now, self.now + _LEASE)
        with self.units(self.shop.merchant) as unit:
            unit.refunds.save([begun])
            unit.commit()
        return begun

    def _attempt(self, begun: RefundIntent, platform: PlatformActions) -> Step:
        try:
            receipt = platform.refund(begun, self.order, idempotency_key=begun.idempotency_key)
        except Unavailable:
            return lambda intent: _postponed(intent, self.now)
        except Rejected as error:
            return self._refused(error.code)
        return lambda intent: intent.sent(receipt.id, self.now)

    def _refused(self, code: str) -> Step:
        if code == Refusal.PAYMENT_CLOSED and self.intent.means is Means.ORIGINAL:
            return lambda intent: intent.awaits_shopper(code, self.now)
        if code in _UNASKED and self.intent.may_have_moved:
            return lambda intent: intent.unanswered(code, None, self.now)
        return lambda intent: intent.failed(code, self.now)

    def _save(self, step: Step, *, is_answer: bool = False) -> str:
        """Take the step from where the refund stands now: the platform's report may have settled it meanwhile.

        The order is held, so that its report is saved before, and seen here, or after, and sees what is saved here.
        """
        with self.units(self.shop.merchant) as unit:
            unit.refunds.hold(self.intent.order)
            before = unit.refunds.get(self.intent.id)
            if before.state is not RefundState.INTENT or (before.attempts != self.intent.attempts + is_answer):
                return before.state
            after = _or_settled(step(before), unit)
            unit.refunds.save([after])
            tell_of_refunds([after], unit)
            unit.commit()
        return after.state


def _postponed(intent: RefundIntent, now: datetime) -> RefundIntent:
    return intent.unanswered(UNAVAILABLE, next_attempt(intent.attempts, now), now)


def _or_settled(intent: RefundIntent, unit: UnitOfWork) -> RefundIntent:
    """Settled at once when the platform's report came before its answer."""
    if intent.state is not RefundState.SENT:
        return intent
    order = unit.orders.get(intent.order).order
    return next(iter(settled_by(order, [intent])), intent)
