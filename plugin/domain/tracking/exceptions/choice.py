"""What a shopper may choose when something is wrong with their parcel: what can be done, and never less than the law.

Goods that do not come may always be called off before they are delivered: the right of withdrawal ends 14 days after
the delivery and waits for none to begin (Directive 2011/83/EU art. 9), and who has set a fitting additional time in
vain may end the contract (art. 18(2)). What is lost or damaged on the way is the trader's risk (art. 20), and the
money for what was not delivered goes back without undue delay (art. 18(3)).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from plugin.domain.ids import StaffId
from plugin.domain.money import Money
from plugin.domain.tracking.exceptions.episode import DELAYS, AlertKind


class Choice(StrEnum):
    """What can be chosen."""

    WAIT = "wait"
    VOUCHER = "voucher"
    """Wait, and get a voucher for it."""
    ADDRESS = "address"
    """Another address to bring it to."""
    CANCEL = "cancel"
    """Call the order off before it arrives."""
    REFUND = "refund"
    """The money back for what does not come."""
    RESEND = "resend"
    """The same goods again."""


@dataclass(frozen=True, slots=True)
class Voucher:
    """What who waits gets, and out of whose budget."""

    amount: Money
    budget_of: StaffId


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides which choices there are.

    `has_units`: units in the parcel that no claim or refund has taken. `is_unpaid`: nothing was paid for them.
    `can_resend`: the platform makes replacement orders, or nobody knows. `voucher`: what the merchant gives who waits,
    None: nothing, the budget is used up, or one was promised about the parcel already.
    """

    kind: AlertKind
    has_units: bool
    is_unpaid: bool = False
    can_resend: bool = True
    voucher: Voucher | None = None


_AGAIN: Final = (Choice.RESEND, Choice.REFUND)
_OFFERS: Final = {
    **dict.fromkeys(DELAYS, (Choice.WAIT, Choice.CANCEL)),
    AlertKind.FAILED_ATTEMPT: (Choice.WAIT, Choice.ADDRESS, Choice.CANCEL),
    AlertKind.SENT_BACK: (Choice.ADDRESS, *_AGAIN),
    AlertKind.LOST: _AGAIN,
    AlertKind.DAMAGED: (Choice.WAIT, *_AGAIN),
}


def choices(situation: Situation) -> tuple[Choice, ...]:
    """What can be chosen, in the order it is shown; nothing where the parcel's goods are dealt with already."""
    if not situation.has_units or (situation.is_unpaid and situation.kind is AlertKind.SENT_BACK):
        return ()
    return tuple(_told(choice, situation) for choice in _OFFERS[situation.kind] if _is_possible(choice, situation))


def _is_possible(choice: Choice, situation: Situation) -> bool:
    if choice is Choice.REFUND:
        return not situation.is_unpaid
    return choice is not Choice.RESEND or situation.can_resend


def _told(choice: Choice, situation: Situation) -> Choice:
    """Who waits for what is late gets the voucher there is."""
    has_voucher = situation.voucher is not None and situation.kind in DELAYS
    return Choice.VOUCHER if choice is Choice.WAIT and has_voucher else choice
