"""One question after a claim was settled: planned, asked once, answered as often as the shopper changes their mind."""

from datetime import datetime, timedelta

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.events import SurveyAnswered, SurveyAsked, SurveyPlanned
from plugin.domain.claim.machines.machine import NoSuchMove
from plugin.domain.claim.machines.survey import SurveyAnswer
from plugin.domain.claim.record import Draft
from plugin.domain.claim.status import ClaimStatus, status_of
from plugin.domain.claim.vocabulary import CLOCK, ENGINE, SHOPPER, ClaimTrack

ASKED_AFTER = timedelta(days=3)
"""Long enough to see whether it works, or the money has come."""


def is_to_be_planned(claim: Claim) -> bool:
    """Whether a claim has just been settled that nobody was asked about.

    Never a withdrawal: nothing was to be solved, and a question after it would be one for its reason.
    """
    is_new = claim.survey.due_at is None and claim.survey.asked_at is None
    return is_new and claim.track is ClaimTrack.CLAIM and status_of(claim) is ClaimStatus.RESOLVED


def due_at(claim: Claim) -> datetime | None:
    """When the question is due; None while nothing is planned, and while the claim is not settled or waits for us."""
    is_settled = status_of(claim) is ClaimStatus.RESOLVED and not claim.waits_for_answer
    return claim.survey.due_at if is_settled and claim.survey.asked_at is None else None


def plan_survey(claim: Claim, now: datetime) -> tuple[Draft, ...]:
    """The question is to be asked in a few days; nothing where there is none to ask."""
    return (Draft(SurveyPlanned(now + ASKED_AFTER), ENGINE),) if is_to_be_planned(claim) else ()


def ask_survey(claim: Claim, now: datetime, address: str | None, *, is_wanted: bool) -> tuple[Draft, ...]:
    """Its time has come: it is asked, or dropped where the merchant asks none any more. Nothing before that."""
    due = due_at(claim)
    if due is None or now < due:
        return ()
    return (Draft(SurveyAsked(address) if is_wanted else SurveyPlanned(None), CLOCK),)


def answer_survey(claim: Claim, answer: SurveyAnswer, words: str) -> tuple[Draft, ...]:
    """What the shopper answers, with or without words; the same again without words changes nothing.

    Raises `NoSuchMove` where nobody was asked.
    """
    if claim.survey.asked_at is None:
        raise NoSuchMove("survey", "not_asked", answer)
    said = words.strip() or None
    if said is None and claim.survey.answer is answer:
        return ()
    return (Draft(SurveyAnswered(answer), SHOPPER, said),)
