"""Countries a policy leaves in the dark: no law known for them, or nothing promised to the rest of the world."""

from collections.abc import Iterator

from plugin.domain.law.answers import Certainty
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.question import Question

UNKNOWN, NO_DEFAULT = "unknown_country", "default_promises_nothing"


def find_unknown(question: Question) -> Iterator[Finding]:
    """Countries a market names whose law nobody has entered: nothing there could be checked."""
    for served in question.markets:
        if served.unknown:
            yield Finding(
                UNKNOWN,
                Severity.WARNING,
                f"{served.path}.countries",
                served.market.market,
                served.unknown,
                certainty=Certainty.UNVERIFIED,
            )


def find_no_default(question: Question) -> Iterator[Finding]:
    """A default market without a rule beside markets that have some: all other shoppers get the law and no more."""
    version = question.version
    if any(market.rules for market in version.markets) and not version.default.rules:
        yield Finding(NO_DEFAULT, Severity.WARNING, "default.rules", version.default.market)
