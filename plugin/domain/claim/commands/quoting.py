"""A repair that nobody owes is quoted; the shopper orders it at exactly that price, or wants none."""

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.remedying import move_repair
from plugin.domain.claim.errors import RemedyNotOffered, StatutoryRight
from plugin.domain.claim.machines.goods import RepairState
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import SHOPPER, Actor
from plugin.domain.money import Money
from plugin.domain.policy.decision import Ground


def quote_repair(claim: Claim, no: int, price: Money, words: str, by: Actor) -> tuple[Draft, ...]:
    """The shopper is told what a repair costs, all in, presentment currency; `words` say what is done for it.

    Raises `StatutoryRight` for a lack of conformity, whose repair is free (Directive (EU) 2019/771 art. 14(1)(a)), and
    `NotAnAmount`.
    """
    if claim.line(no).judged.ground is Ground.LIABILITY:
        raise StatutoryRight({"line": no})
    return move_repair(claim, no, RepairState.QUOTED, by, price, words.strip() or None)


def order_repair(claim: Claim, no: int, price: Money, by: Actor = SHOPPER) -> tuple[Draft, ...]:
    """The repair is ordered at the price that was shown. Raises `RemedyNotOffered` where that is not what is quoted."""
    _check(claim, no, price)
    return move_repair(claim, no, RepairState.AGREED, by)


def decline_repair(claim: Claim, no: int, price: Money, by: Actor = SHOPPER) -> tuple[Draft, ...]:
    """It is not wanted at this price: the agent quotes anew, offers something else, or sends the goods back as is.

    Raises `RemedyNotOffered`.
    """
    _check(claim, no, price)
    return move_repair(claim, no, RepairState.DECLINED, by)


def _check(claim: Claim, no: int, price: Money) -> None:
    line = claim.line(no)
    if line.repair is not RepairState.QUOTED or line.quote != price:
        raise RemedyNotOffered({"line": no})
