"""More different promises in one market than surfaces without an engine can hold."""

from collections.abc import Iterator

from plugin.domain.policy.classes import MOST_CLASSES, too_many_classes
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.question import Question

CODE = "too_many_promises"


def find(question: Question) -> Iterator[Finding]:
    """Markets with so many promises that some product pages get only what holds for everything; no law forbids it."""
    at_fault = too_many_classes(question.version)
    for served in question.markets:
        if served.market in at_fault:
            facts = (("most", str(MOST_CLASSES)),)
            yield Finding(CODE, Severity.WARNING, f"{served.path}.rules", served.market.market, facts=facts)
