"""Why a claim was refused, in the words a platform's returns have for it."""

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.machines.decision import DecisionState
from plugin.ports.platform_returns import DeclineReason

_OF = {
    "out_of_time": DeclineReason.RETURN_PERIOD_ENDED,
    "window_over": DeclineReason.RETURN_PERIOD_ENDED,
    "window_closed": DeclineReason.RETURN_PERIOD_ENDED,
    "excluded": DeclineReason.FINAL_SALE,
    "final_sale": DeclineReason.FINAL_SALE,
}
"""Codes of refusals, by agents and by the rules; every other is another reason."""


def decline_reason(claim: Claim) -> DeclineReason:
    """The one reason of all refused lines; several are another reason, and so is a claim that was called off."""
    refused = [line.refusal for line in claim.lines if line.decision is DecisionState.REJECTED]
    reasons = {_OF.get(each.code, DeclineReason.OTHER) if each else DeclineReason.OTHER for each in refused}
    return reasons.pop() if len(reasons) == 1 else DeclineReason.OTHER
