"""What a shopper is told where the rules refuse: the reason in a sentence; the clause and the way on are beside it."""

from datetime import date

from plugin.domain.claim_engine.finding import Finding
from plugin.i18n import catalogue

_BY_RULE = frozenset({"window_over", "final_sale"})
"""The findings a machine can word without having seen anything."""


def refusal_text(finding: Finding, language: str) -> str | None:
    """The sentence; None for a finding that only a person can tell."""
    if finding.code not in _BY_RULE:
        return None
    days = {name: date.fromisoformat(value) for name, value in finding.facts if name == "day"}
    return catalogue(language).text(f"mail.claim.refusal.{finding.code}", **days)
