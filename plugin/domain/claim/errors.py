"""Why something may not be done to a claim."""

from plugin.domain.errors import Conflict, Invalid, NotAllowed


class NothingClaimed(Invalid):
    """A claim has at least one line with at least one unit."""

    code = "nothing_claimed"


class TooManyUnits(Invalid):
    """More units are claimed than can be; `facts["open"]` says how many can."""

    code = "too_many_units"


class RemedyNotOffered(Invalid):
    """Neither the law nor the shop's promise gives this remedy for this line."""

    code = "remedy_not_offered"


class WordsNeeded(Invalid):
    """What is said to the other side cannot be empty."""

    code = "words_needed"


class ClauseNeeded(Invalid):
    """A refusal names the clause or article it rests on."""

    code = "clause_needed"


class StatutoryRight(NotAllowed):
    """The law gives this: no machine refuses it, and a withdrawal nobody."""

    code = "statutory_right"


class AnotherAgentNeeded(NotAllowed):
    """Somebody else has to decide this: it was refused by this agent before, or proposed by them."""

    code = "another_agent_needed"


class NotProven(Conflict):
    """Whoever wrote has not been shown to be the shopper of the order: no money moves and nothing of it is told."""

    code = "contact_not_proven"


class MoneyNotDue(Conflict):
    """Nothing was decided or agreed, or what the plan waits for is not there yet."""

    code = "money_not_due"


class ProofOfSendingNeeded(Invalid):
    """Nothing shows that the goods were sent: no tracking number, no picture of a receipt, or a day to come."""

    code = "proof_of_sending_needed"


class TooLateToCancel(Conflict):
    """Goods were received or money was granted; what is done is not undone by a word."""

    code = "too_late_to_cancel"


class AppealOver(Conflict):
    """The time for an appeal is over, or another person has refused it a second time."""

    code = "appeal_over"


class ChoiceNotShown(Conflict):
    """Before a remedy for a defect the shopper sees the choice the law gives, and what a repair extends."""

    code = "choice_not_shown"


class OverBudget(NotAllowed):
    """More goodwill than the agent has left to give."""

    code = "over_budget"


class ClaimIsOver(Conflict):
    """Nothing is being done about the claim any more; it can be reopened."""

    code = "claim_is_over"


class VoucherCodeNeeded(Invalid):
    """The shop's platform makes no vouchers: somebody makes one elsewhere and names its code."""

    code = "voucher_code_needed"


class TooLateToUndo(Conflict):
    """Something has followed from it, or it has left the house: what is done stays on record and is mended anew."""

    code = "too_late_to_undo"


class MoneyGranted(Conflict):
    """Money was granted already; what is contested has to be contested before."""

    code = "money_granted"
