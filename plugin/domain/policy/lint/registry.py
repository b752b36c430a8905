"""Every lint rule, by the code of what it finds."""

from collections.abc import Callable, Iterable, Mapping

from plugin.domain.law.in_force import Law
from plugin.domain.policy.lint.circumstances import Circumstances
from plugin.domain.policy.lint.finding import Finding
from plugin.domain.policy.version import PolicyVersion

LintRule = Callable[[PolicyVersion, Law, Circumstances], Iterable[Finding]]

RULES: Mapping[str, LintRule] = {}
