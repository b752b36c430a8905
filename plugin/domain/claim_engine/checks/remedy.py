"""Whether what the shopper wants is among what they may have."""

from plugin.domain.claim_engine.finding import Finding, needs_person, ok
from plugin.domain.claim_engine.question import Question
from plugin.domain.entitlement import Clock, ClockState, Right
from plugin.domain.policy.decision import Ground
from plugin.domain.remedy import Remedy

_SECOND = frozenset({Remedy.REFUND, Remedy.PRICE_REDUCTION})


def check(question: Question) -> Finding:
    """Something else can be offered, so nothing is refused over this.

    Where the law alone gives the money back for goods that do not conform, it does so once repair and replacement have
    failed, were refused or are out of proportion, or the fault is grave (Directive (EU) 2019/771 art. 13(4)): whether
    that is so, a person sees.
    """
    wanted = question.asked.wanted
    if question.decision.ground is Ground.NOTHING:
        return ok("nothing_to_offer")
    if wanted not in {offer.remedy for offer in question.decision.offers}:
        return needs_person("remedy_not_offered", question.basis, wanted=wanted.value)
    if question.decision.ground is Ground.LIABILITY and wanted in _SECOND and not _is_given_anyway(question):
        return needs_person("repair_comes_first", question.basis, wanted=wanted.value)
    if not _is_named(question):
        return needs_person("to_be_named", question.basis, wanted=wanted.value)
    return ok("remedy_entitled", question.basis, wanted=wanted.value)


def _is_named(question: Question) -> bool:
    """Whether it is known what to send, or how much of the price goes back."""
    wanted = question.asked.wanted
    if wanted.traits.names_a_thing:
        return question.asked.variant is not None
    shares = [offer.share for offer in question.decision.offers if offer.remedy is wanted]
    return wanted is not Remedy.PRICE_REDUCTION or None not in shares


def _is_given_anyway(question: Question) -> bool:
    """Whether a promise of the shop or a withdrawal gives it too, faulty or not."""
    others = (clock for clock in question.entitled.clocks if clock.right is not Right.LEGAL_GUARANTEE)
    return any(question.asked.wanted in clock.remedies and _is_usable(clock, question) for clock in others)


def _is_usable(clock: Clock, question: Question) -> bool:
    """A promise once its time runs; a withdrawal before that too."""
    state = clock.state(question.now)
    may_wait = clock.right is Right.WITHDRAWAL and state is ClockState.NOT_STARTED
    return may_wait or state in {ClockState.OPEN, ClockState.UNLIMITED}
