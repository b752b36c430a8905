"""Languages whose sentences nobody here can read: silence about them is no praise."""

from collections.abc import Callable, Iterator

from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.lint.sentences import sentences
from plugin.domain.policy.lint.wordings import FORBIDDEN, Wording, is_read

UNREAD, ONLY_VAGUE_READ = "language_not_read", "forbidden_wordings_not_read"


def find_unread(question: Question) -> Iterator[Finding]:
    """A language the shop writes in and no patterns exist for: its first sentence."""
    yield from _first_in_each(question, UNREAD, lambda language: not is_read(language, Wording.VAGUE))


def find_only_vague_read(question: Question) -> Iterator[Finding]:
    """A language read for vague promises, but not for each wording that the law forbids: its first sentence."""
    yield from _first_in_each(question, ONLY_VAGUE_READ, _is_only_vague_read)


def _is_only_vague_read(language: str) -> bool:
    return is_read(language, Wording.VAGUE) and not all(is_read(language, wording) for wording in FORBIDDEN)


def _first_in_each(question: Question, code: str, is_meant: Callable[[str], bool]) -> Iterator[Finding]:
    told: set[str] = set()
    for served in question.markets:
        for sentence in sentences(served):
            if sentence.language not in told and is_meant(sentence.language):
                told.add(sentence.language)
                yield Finding(
                    code,
                    Severity.WARNING,
                    sentence.path,
                    served.market.market,
                    clause=sentence.clause,
                    facts=(("language", sentence.language),),
                )
