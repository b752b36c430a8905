"""The legality gate: what of a policy the law of a market does not allow, and what no shopper could count on."""

from plugin.domain.policy.lint.circumstances import Circumstances
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix, apply_fix
from plugin.domain.policy.lint.linter import lint

__all__ = ["Circumstances", "Finding", "Fix", "Severity", "apply_fix", "lint"]
