"""A declared withdrawal takes its course. It has no refusal: a person may name an exception of the law, no more."""

from plugin.domain.basis import Basis
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.deciding import agreed
from plugin.domain.claim.errors import ClauseNeeded, MoneyGranted, NotProven, StatutoryRight, WordsNeeded
from plugin.domain.claim.events import LineJudged, MessageSent, RemedyMoved, ShippingStopped, WithdrawalMoved
from plugin.domain.claim.machines.decision import RemedyState
from plugin.domain.claim.machines.goods import PROOF_OF_DISPATCH, ReturnState
from plugin.domain.claim.machines.withdrawal import WithdrawalState
from plugin.domain.claim.plans import usual_plan
from plugin.domain.claim.record import Draft
from plugin.domain.claim.vocabulary import ENGINE, PLATFORM, SHOPPER, Actor, ActorKind, Judged
from plugin.domain.remedy import Remedy


def acknowledge(mail: str) -> tuple[Draft, ...]:
    """The receipt on a durable medium is on its way (Directive 2011/83/EU art. 11a(4))."""
    return (Draft(WithdrawalMoved(WithdrawalState.ACKNOWLEDGED, mail), ENGINE),)


def settle(claim: Claim, *, was_sent: bool, by: Actor = ENGINE) -> tuple[Draft, ...]:
    """The course it takes: goods that never left need none back, all others are awaited. Raises `NotProven`.

    `was_sent`: whether anything of it has left the shop.
    """
    if not claim.is_proven:
        raise NotProven({"claim": claim.number})
    is_free = not was_sent or all(line.leg in PROOF_OF_DISPATCH for line in claim.lines)
    to = WithdrawalState.REFUND_DUE if is_free else WithdrawalState.AWAITING_GOODS
    drafts = [Draft(WithdrawalMoved(to, "goods_not_awaited" if is_free else "goods_awaited"), by)]
    for line in claim.lines:
        moves = agreed(line.no, usual_plan(Remedy.REFUND, line.judged, goods_exist=was_sent), by)
        drafts += moves if line.leg is ReturnState.NOT_REQUIRED else moves[:1]
    return tuple(drafts)


def is_to_be_stopped(claim: Claim) -> bool:
    """Whether withdrawn goods that never left have yet to be kept from leaving."""
    is_withdrawn = claim.withdrawal in {WithdrawalState.REFUND_DUE, WithdrawalState.REFUNDED}
    never_left = all(line.plan is not None and not line.plan.needs_goods for line in claim.lines)
    return is_withdrawn and never_left and not claim.is_shipping_stopped


def stop_shipping(claim: Claim, outcome: str) -> tuple[Draft, ...]:
    """What became of keeping the goods from leaving; asked once."""
    return () if claim.is_shipping_stopped else (Draft(ShippingStopped(outcome), PLATFORM),)


def mark_late(because: str, by: Actor = ENGINE) -> tuple[Draft, ...]:
    """Declared after the law's time, by our reckoning: a person looks, because no clock alone turns it down."""
    return (Draft(WithdrawalMoved(WithdrawalState.LATE, because), by),)


def convert(claim: Claim, judged: dict[int, Judged], by: Actor, *, was_sent: bool) -> tuple[Draft, ...]:
    """A late withdrawal is taken as the return that the shop's longer promise gives; the shopper is told."""
    changed = tuple(Draft(LineJudged(no, new), by) for no, new in judged.items())
    return (*changed, *settle(claim, was_sent=was_sent, by=by))


def contest(claim: Claim, exception: Basis, words: str, by: Actor) -> tuple[Draft, ...]:
    """An agent names the exception of the law that holds, and what shows it. Raises `StatutoryRight` for a machine."""
    if by.kind is not ActorKind.AGENT:
        raise StatutoryRight({"claim": claim.number})
    if not (exception.id.strip() and exception.citation.strip()):
        raise ClauseNeeded({"field": "clause"})
    if not words.strip():
        raise WordsNeeded({"field": "words"})
    if claim.refunds:
        raise MoneyGranted({"claim": claim.number})
    moved = WithdrawalMoved(WithdrawalState.CONTESTED, "exception", exception)
    back = [line.no for line in claim.lines if line.remedy is RemedyState.ACCEPTED]
    return (Draft(moved, by, words.strip()), *(Draft(RemedyMoved(no, RemedyState.NONE), by) for no in back))


def object_to_contest(claim: Claim, words: str, *, was_sent: bool) -> tuple[Draft, ...]:
    """The shopper objects, and the withdrawal takes its course: who names an exception has to show it elsewhere.

    Raises `NoSuchMove` when nothing was contested.
    """
    said = (Draft(MessageSent(claim.language), SHOPPER, words.strip()),) if words.strip() else ()
    return (*settle(claim, was_sent=was_sent, by=SHOPPER), *said)
