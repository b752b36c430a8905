"""Languages whose sentences nobody here can read: silence about them is no praise."""

from collections.abc import Iterator

from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.lint.sentences import sentences
from plugin.domain.policy.lint.wordings import Wording, is_read

CODE = "language_not_read"


def find(question: Question) -> Iterator[Finding]:
    """One finding a language the shop writes in and no patterns for vague promises exist for, at its first sentence."""
    told: set[str] = set()
    for served in question.markets:
        for sentence in sentences(served):
            if sentence.language not in told and not is_read(sentence.language, Wording.VAGUE):
                told.add(sentence.language)
                yield Finding(
                    CODE,
                    Severity.WARNING,
                    sentence.path,
                    served.market.market,
                    clause=sentence.clause,
                    facts=(("language", sentence.language),),
                )
