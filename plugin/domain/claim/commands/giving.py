"""Something is given beyond right and promise, made by the platform where it is a voucher, and taken back in time."""

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.errors import OverBudget, TooLateToUndo
from plugin.domain.claim.events import GoodwillGranted, GoodwillMoved
from plugin.domain.claim.goodwill import MONEY
from plugin.domain.claim.machines.goodwill import GOODWILL, GoodwillState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import PLATFORM, Actor
from plugin.domain.ids import RefundId
from plugin.domain.money import Money


def grant_goodwill(
    kind: str, amount: Money, by: Actor, *, left: Money, detail: str | None = None, refund: RefundId | None = None
) -> tuple[Draft, ...]:
    """It is given. `left`: what of the agent's budget is left. Raises `OverBudget`."""
    if amount.minor <= 0 or left < amount:
        raise OverBudget({"field": "amount", "left": left.minor})
    return (Draft(GoodwillGranted(kind, amount, detail, refund), by),)


def voucher_sent(no: int, code: str | None) -> tuple[Draft, ...]:
    """The platform made the voucher; `code` is what the shopper types in, None where it sits on their account."""
    return (Draft(GoodwillMoved(no, GoodwillState.SENT, code), PLATFORM),)


def voucher_failed(no: int, code: str) -> tuple[Draft, ...]:
    """The platform made none, and said why."""
    return (Draft(GoodwillMoved(no, GoodwillState.FAILED, code), PLATFORM),)


def send_again(no: int, by: Actor) -> tuple[Draft, ...]:
    """A voucher that failed is to be made after all. Raises `NoSuchMove` when folded for any other."""
    return (Draft(GoodwillMoved(no, GoodwillState.SENDING), by),)


def can_take_back(claim: Claim, no: int) -> bool:
    """While it is not out of the house: money whose refund has not left is stopped with it."""
    given = claim.goodwill_of(no)
    is_traceable = given.kind != MONEY or given.refund is not None
    return is_traceable and GOODWILL.allows(given.state, GoodwillState.TAKEN_BACK)


def take_goodwill_back(claim: Claim, no: int, by: Actor) -> tuple[Draft, ...]:
    """It is not given after all. Raises `TooLateToUndo`."""
    if not can_take_back(claim, no):
        raise TooLateToUndo({"goodwill": no})
    return (Draft(GoodwillMoved(no, GoodwillState.TAKEN_BACK), by),)
