"""Checks a whole policy against the law of every market it serves."""

from plugin.domain.law.in_force import Law
from plugin.domain.policy.lint.circumstances import Circumstances
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.lint.registry import RULES
from plugin.domain.policy.version import PolicyVersion


def lint(version: PolicyVersion, law: Law, circumstances: Circumstances) -> tuple[Finding, ...]:
    """Everything found, each thing once, errors first, then rule by rule; the same policy gives the same findings."""
    question = Question(version, law, circumstances)
    found = {_told(finding): finding for rule in RULES.values() for finding in rule(question)}
    return tuple(sorted(found.values(), key=lambda finding: finding.severity is not Severity.ERROR))


def _told(finding: Finding) -> tuple[object, ...]:
    """What a finding says; its fix holds JSON, which does not hash, and follows from the rest."""
    return (finding.code, finding.severity, finding.field, finding.market, finding.countries, finding.facts)
