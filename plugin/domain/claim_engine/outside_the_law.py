"""Whether any right by law can be at stake; where one can, only a person refuses.

The withdrawal is at stake until its time is surely over, the legal guarantee whenever the shop's or the carrier's fault
is claimed: over or not, because whether goods conformed, and until when the seller answers for it, is not for a clock
to say. Goods that never came are owed under every law. What is unknown counts as given by law: the country, its law,
whether the shopper was told of the right, who bought. And whoever declares a withdrawal uses a right by law, in time or
not.
"""

from collections.abc import Iterator
from dataclasses import InitVar, dataclass

from plugin.domain.claim_engine.question import Question
from plugin.domain.entitlement import Absent, Clock, ClockState, Right
from plugin.domain.law.answers import Certainty
from plugin.domain.policy.terms import Fault

_NOT_THE_SHOPPERS = frozenset({Fault.SELLER, Fault.CARRIER})
_NOT_TOLD = "information_not_declared"


@dataclass(frozen=True, slots=True)
class OutsideTheLaw:
    """Shows that no right by law is at stake in a question. There is no other way to come by one than being so."""

    question: InitVar[Question]

    def __post_init__(self, question: Question) -> None:
        if rights_at_stake(question):
            raise ValueError("a right by law is at stake")


def outside_the_law(question: Question) -> OutsideTheLaw | None:
    """What an automatic refusal takes; None where a right by law may be at stake."""
    return None if rights_at_stake(question) else OutsideTheLaw(question)


def rights_at_stake(question: Question) -> frozenset[Right]:
    """The statutory rights a refusal could touch."""
    return frozenset(_rights(question))


def _rights(question: Question) -> Iterator[Right]:
    asked = question.asked
    withdrawal = question.entitled.clock(Right.WITHDRAWAL)
    if asked.is_withdrawal or not (_never_was(withdrawal) or _is_surely_over(withdrawal, question)):
        yield Right.WITHDRAWAL
    has_guarantee = not _never_was(question.entitled.clock(Right.LEGAL_GUARANTEE))
    if not question.is_delivered or (asked.fault in _NOT_THE_SHOPPERS and has_guarantee):
        yield Right.LEGAL_GUARANTEE


def _never_was(clock: Clock) -> bool:
    """Whether the country's law, as somebody has read it, gives no such right."""
    return clock.absent == Absent.NO_STATUTORY_RIGHT and _is_read(clock)


def _is_surely_over(clock: Clock, question: Question) -> bool:
    """Whether the last instant that any reading of the rule gives has passed, for a shopper who was told of it."""
    is_told = all(step.code != _NOT_TOLD for step in clock.trace)
    return is_told and _is_read(clock) and clock.state(question.now) is ClockState.CLOSED


def _is_read(clock: Clock) -> bool:
    return clock.certainty is not Certainty.UNVERIFIED
