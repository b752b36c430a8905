"""Money is granted with a decision, and followed to its end."""

from collections.abc import Sequence
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.errors import MoneyNotDue, NotProven
from plugin.domain.claim.events import RefundMoved, RefundPlanned, RemedyMoved, WithdrawalMoved
from plugin.domain.claim.exchange import owed_back
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.plans import is_money_due
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import ENGINE, PLATFORM, Actor
from plugin.domain.ids import RefundId
from plugin.domain.money import Money
from plugin.domain.refund.intent import STOPPED, RefundState


def due_lines(claim: Claim) -> tuple[int, ...]:
    """The lines whose money nothing holds any more; none while nobody knows that the shopper speaks."""
    if not claim.is_proven or (claim.withdrawal and claim.withdrawal is not WithdrawalState.REFUND_DUE):
        return ()
    return tuple(line.no for line in claim.lines if is_money_due(line))


def grant(
    claim: Claim, refund: RefundId, lines: Sequence[int], total: Money, by: Actor, due_at: datetime | None = None
) -> tuple[Draft, ...]:
    """The money of these lines is granted. Raises `NotProven`, `MoneyNotDue`: no money without a decision."""
    if not claim.is_proven:
        raise NotProven({"claim": claim.number})
    if not lines or not set(lines) <= set(due_lines(claim)):
        raise MoneyNotDue({"claim": claim.number})
    return (Draft(RefundPlanned(refund, tuple(lines), total, due_at), by),)


def grant_difference(claim: Claim, refund: RefundId, no: int, total: Money) -> tuple[Draft, ...]:
    """What an exchange costs less is granted, once. Raises `NotProven`, `MoneyNotDue`."""
    if not claim.is_proven:
        raise NotProven({"claim": claim.number})
    if owed_back(claim, no) is None:
        raise MoneyNotDue({"claim": claim.number})
    return (Draft(RefundPlanned(refund, (no,), total), ENGINE),)


def follow(claim: Claim, refund: RefundId, to: RefundState, detail: str | None = None) -> tuple[Draft, ...]:
    """What became of the money; news that is none changes nothing. The last money of a withdrawal ends it.

    A refund that was stopped before anything left leaves its lines as agreed as they were, and an exchange as made;
    their money waits until somebody has decided anew.
    """
    row = claim.refund(refund)
    if (row.state, row.detail) == (to, detail):
        return ()
    moved: tuple[Draft, ...] = (Draft(RefundMoved(refund, to, detail), PLATFORM),)
    if to is RefundState.FAILED and detail == STOPPED:
        agreed = (no for no in row.lines if claim.line(no).remedy is not RemedyState.SUCCEEDED)
        return (*moved, *(Draft(RemedyMoved(no, RemedyState.ACCEPTED, detail=STOPPED), ENGINE) for no in agreed))
    return (*moved, *_ends_withdrawal(claim, refund, to))


def _ends_withdrawal(claim: Claim, refund: RefundId, to: RefundState) -> tuple[Draft, ...]:
    if claim.withdrawal is not WithdrawalState.REFUND_DUE or to is not RefundState.SETTLED:
        return ()
    paid = set(claim.refund(refund).lines)
    is_open = any(line.is_approved and not line.is_final and line.no not in paid for line in claim.lines)
    return () if is_open else (Draft(WithdrawalMoved(WithdrawalState.REFUNDED, "money_arrived"), ENGINE),)
