"""Checks a whole policy against the law of every market it serves."""

from plugin.domain.law.in_force import Law
from plugin.domain.policy.lint.circumstances import Circumstances
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.registry import RULES
from plugin.domain.policy.version import PolicyVersion


def lint(version: PolicyVersion, law: Law, circumstances: Circumstances) -> tuple[Finding, ...]:
    """Everything found, errors first, then rule by rule; the same policy gives the same findings."""
    found = [finding for rule in RULES.values() for finding in rule(version, law, circumstances)]
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.ERROR))
