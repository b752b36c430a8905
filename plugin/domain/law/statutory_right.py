"""Whether the law gives a right of withdrawal at all, before any counting."""

from plugin.domain.law.facts import Informed, WithdrawalFacts
from plugin.domain.law.jurisdiction import WithdrawalLaw


def has_right(facts: WithdrawalFacts, law: WithdrawalLaw) -> bool:
    """Whether a statutory right exists on these facts (JP: only without displayed terms; CA-QC: only on a defect)."""
    if not law.exists:
        return False
    if law.condition == "only_if_no_return_policy_displayed":
        return not facts.is_return_policy_displayed
    if law.condition == "disclosure_defect_only":
        return has_disclosure_defect(facts)
    return True


def has_disclosure_defect(facts: WithdrawalFacts) -> bool:
    """Whether required information or the contract copy is missing or came late, as far as anybody said."""
    if facts.is_document_missing or facts.informed in (Informed.LATE, Informed.NEVER):
        return True
    return facts.document_received_at is not None and facts.informed is not Informed.BEFORE_CONTRACT
