"""Whether a refund that a platform reports is one of ours come back: it settles that one, and never makes a second."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from plugin.domain.order import Order, Refund
from plugin.domain.refund.intent import RefundIntent, RefundState

_CLOCKS_APART = timedelta(minutes=5)
"""How far a platform's clock may be behind ours."""
_WAITING = frozenset({RefundState.INTENT, RefundState.FAILED})
_OPEN = frozenset({*_WAITING, RefundState.SENT})


def settled_by(order: Order, intents: Sequence[RefundIntent]) -> tuple[RefundIntent, ...]:
    """Those of ours that the order's refunds settle, as they are after it.

    By the platform's id where its answer told us; else, for an attempt without an answer, by amount, lines and time.
    Each reported refund settles one of ours at most, the oldest first.
    """
    ours = {intent.platform_refund: intent for intent in intents if intent.platform_refund}
    unanswered = sorted((i for i in intents if _is_unanswered(i)), key=lambda i: (i.created_at, i.id))
    found: list[RefundIntent] = []
    for refund in order.refunds:
        intent = ours.get(refund.id)
        if intent is None:
            intent = next((candidate for candidate in unanswered if _is_same(refund, candidate)), None)
            unanswered = [candidate for candidate in unanswered if candidate is not intent]
        if intent is not None and intent.state in _OPEN:
            found.append(intent.settled(refund.id, refund.moment.at))
    return tuple(found)


def taken_back(before: Order, after: Order, intents: Sequence[RefundIntent]) -> tuple[RefundIntent, ...]:
    """Settled refunds of ours that the platform had and has no more: somebody deleted them there."""
    gone = {refund.id for refund in before.refunds} - {refund.id for refund in after.refunds}
    reversed_ = {intent.reverses for intent in intents}
    return tuple(
        intent
        for intent in intents
        if intent.state is RefundState.SETTLED
        and intent.reverses is None
        and intent.platform_refund in gone
        and intent.id not in reversed_
    )


def _is_unanswered(intent: RefundIntent) -> bool:
    return intent.state in _WAITING and intent.may_have_moved and intent.platform_refund is None


def _is_same(refund: Refund, intent: RefundIntent) -> bool:
    if refund.amount is None or refund.amount.presentment != intent.total.presentment:
        return False
    return _is_after(refund, intent) and (not refund.lines or _units(_of_refund(refund)) == _units(_of_ours(intent)))


def _is_after(refund: Refund, intent: RefundIntent) -> bool:
    """Even an estimated moment is no earlier than the refund: one before the attempt rules it out."""
    return intent.attempted_at is not None and refund.moment.at >= intent.attempted_at - _CLOCKS_APART


def _of_refund(refund: Refund) -> Iterable[tuple[str, int]]:
    return ((part.line, part.quantity) for part in refund.lines)


def _of_ours(intent: RefundIntent) -> Iterable[tuple[str, int]]:
    return ((part.line, part.quantity) for part in intent.allocations)


def _units(lines: Iterable[tuple[str, int]]) -> Counter[str]:
    units: Counter[str] = Counter()
    for line, quantity in lines:
        if quantity:
            units[line] += quantity
    return units
