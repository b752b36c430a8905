"""Ask the shopper of a settled claim one question, where the merchant wants it: planned when it is settled."""

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.surveying import ask_survey, due_at, is_to_be_planned, plan_survey
from plugin.usecases.claim.desk import Sitting


def plan_question(claim: Claim, here: Sitting) -> Claim:
    """The claim with the question planned, if it has just been settled; the caller commits."""
    if not is_to_be_planned(claim) or not here.unit.claim_desk.settings().survey.is_on:
        return claim
    return here.act(claim.id, lambda known: plan_survey(known, here.now))


def ask_question(claim: Claim, here: Sitting) -> Claim:
    """The claim with the question asked, if its time has come; `tell` writes the letter, the caller commits."""
    due = due_at(claim)
    if due is None or here.now < due:
        return claim
    wish = here.unit.claim_desk.settings().survey
    return here.act(claim.id, lambda known: ask_survey(known, here.now, wish.address, is_wanted=wish.is_on))
