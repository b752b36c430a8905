"""The shopper says that they sent the goods; what shows it ends the wait for money, as a carrier's word does."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from plugin.domain.claim.claim import Claim, ClaimLine
from plugin.domain.claim.commands.returning import move_return
from plugin.domain.claim.errors import ProofOfSendingNeeded
from plugin.domain.claim.events import SendingTold
from plugin.domain.claim.machines.goods import RETURN_LEG, ReturnState
from plugin.domain.claim.machines.machine import NoSuchMove
from plugin.domain.claim.record import Draft
from plugin.domain.claim.status import OVER, status_of
from plugin.domain.claim.vocabulary import SHOPPER

_R = ReturnState
_AT_HOME = frozenset({_R.AWAITED, _R.LABEL_ISSUED, _R.LABEL_EXPIRED})
_NOT_TO_BE_SENT = frozenset({_R.NOT_REQUIRED, _R.RECEIVED})
_TRACKING = re.compile(r"[A-Z0-9][A-Z0-9-]{5,39}")


def can_tell_sending(claim: Claim, line: ClaimLine) -> bool:
    """Whether the shopper may say that they sent it, or correct what they said: until the goods are received."""
    return line.leg not in _NOT_TO_BE_SENT and status_of(claim) not in OVER


def tracking_number(typed: str) -> str | None:
    """A tracking number as carriers write them (S10 of the UPU and its likes), spaces aside; None: it is none."""
    number = "".join(typed.split()).upper()
    return number if _TRACKING.fullmatch(number) else None


def tell_sending(
    claim: Claim, nos: Sequence[int], told: tuple[date, str | None], carrier: str, today: date, *, has_proof: bool
) -> tuple[Draft, ...]:
    """The shopper sent these lines. `told`: the day by their clock, and the tracking number.

    A number, or with `has_proof` a picture of the carrier's receipt, is evidence of having sent the goods back, with
    which the trader may withhold the money no longer (Directive 2011/83/EU art. 13(3)). What was said before is
    corrected; saying the same again changes nothing. `carrier` is in the shopper's own words. Raises
    `ProofOfSendingNeeded`, for a day to come too, and `NoSuchMove` for goods that are not to be sent, or are here.
    """
    sent_on, tracking = told
    drafts: list[Draft] = []
    for no in dict.fromkeys(nos):
        line = claim.line(no)
        if not can_tell_sending(claim, line):
            raise NoSuchMove(RETURN_LEG.name, line.leg, _R.SENT)
        is_shown = tracking is not None or has_proof or line.leg not in _AT_HOME
        if not is_shown or sent_on > today:
            raise ProofOfSendingNeeded({"field": "tracking" if sent_on <= today else "sent_on"})
        said = SendingTold(no, sent_on, tracking)
        if said != line.sending:
            drafts.append(Draft(said, SHOPPER, carrier.strip() or None))
        if line.leg in _AT_HOME:
            drafts += move_return(claim, no, _R.SENT, SHOPPER, tracking)
            claim = claim.with_line(replace(line, leg=_R.SENT))
    return tuple(drafts)
