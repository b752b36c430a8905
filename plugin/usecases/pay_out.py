"""Pay back by the merchant's own bank what cannot go back the way it came: take the account, list, record as paid."""

from collections.abc import Sequence
from datetime import datetime

from plugin.domain.ids import MerchantId, RefundId
from plugin.domain.refund.intent import NotInThatState, RefundIntent, RefundState
from plugin.domain.refund.payee import Payee
from plugin.domain.refund.payout import Payout
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.retry_refunds import queue_refund
from plugin.usecases.tell_claims import tell_of_refunds


def take_payee(refund: RefundId, payee: Payee, *, merchant: MerchantId, units: Units) -> None:
    """Keep where a waiting refund goes, in the place of what was said before.

    Raises `NotFound`, once the person was erased too, and `NotInThatState` when the refund waits for no account.
    """
    with units(merchant) as unit:
        _waiting(refund, unit)
        unit.refunds.keep_payee(refund, payee)
        unit.commit()


def list_payouts(refunds: Sequence[RefundId], *, merchant: MerchantId, units: Units) -> tuple[Payout, ...]:
    """What the bank is to pay for these, in their order; those without an account yet are left out.

    Raises `NotFound`, `NotInThatState`.
    """
    with units.read(merchant) as unit:
        found = [_payout(refund, unit) for refund in refunds]
    return tuple(payout for payout in found if payout is not None)


def record_paid_out(refunds: Sequence[RefundId], *, merchant: MerchantId, units: Units, now: datetime) -> int:
    """How many: the bank has paid them, so their platform puts them on record. All or none.

    Raises `NotFound`, `NotInThatState`: a payout recorded twice is refused.
    """
    with units(merchant) as unit:
        paid = [unit.refunds.get(refund).paid_out(now) for refund in refunds]
        unit.refunds.save(paid)
        tell_of_refunds(paid, unit)
        for intent in paid:
            queue_refund(intent, unit, now)
        unit.commit()
    return len(paid)


def _payout(refund: RefundId, unit: UnitOfWork) -> Payout | None:
    intent = _waiting(refund, unit)
    payee = unit.refunds.payee(refund)
    if payee is None:
        return None
    number = unit.orders.get(intent.order).order.number
    return Payout(reference=intent.id, payee=payee, amount=intent.total.presentment, note=number)


def _waiting(refund: RefundId, unit: UnitOfWork) -> RefundIntent:
    intent = unit.refunds.get(refund)
    if intent.state is not RefundState.NEEDS_SHOPPER_DATA:
        raise NotInThatState({"refund": refund, "state": intent.state})
    return intent
