"""Why a promise is at fault in a country, and findings from that: known law and unconfirmed law make one each.

An error rests on law that was read, at least in a secondary source. Law nobody has confirmed makes a warning.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from plugin.domain.law.answers import Certainty
from plugin.domain.law.jurisdiction import Block
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.question import Question

Facts = tuple[tuple[str, str], ...]
_WEAKEST_LAST = (Certainty.VERIFIED, Certainty.SECONDARY, Certainty.UNVERIFIED)


@dataclass(frozen=True, slots=True)
class Ground:
    """The law one country's part of a finding rests on. `is_doubtful`: a warning although the law is known."""

    country: str
    sources: tuple[str, ...]
    certainty: Certainty
    facts: Facts = ()
    is_doubtful: bool = False

    @property
    def severity(self) -> Severity:
        """What follows from it."""
        is_warning = self.is_doubtful or self.certainty is Certainty.UNVERIFIED
        return Severity.WARNING if is_warning else Severity.ERROR


def ground(country: str, block: Block, *fields: str, facts: Facts = ()) -> Ground:
    """The ground these fields of a country's law give."""
    return Ground(country, block.sources(*fields), block.certainty(*fields), facts)


def findings(question: Question, grounds: Iterable[Ground], like: Finding) -> Iterator[Finding]:
    """Findings like the one given, one for all countries whose grounds say the same."""
    for (severity, facts), group in groupby(sorted(grounds, key=_alike), key=lambda each: (each.severity, each.facts)):
        alike = list(group)
        sources = tuple(dict.fromkeys(source for each in alike for source in each.sources))
        yield replace(
            like,
            severity=severity,
            countries=tuple(sorted(each.country for each in alike)),
            facts=(*like.facts, *facts),
            basis=question.law.basis(sources),
            certainty=max((each.certainty for each in alike), key=_WEAKEST_LAST.index),
        )


def _alike(each: Ground) -> tuple[str, Facts, str]:
    return each.severity.value, each.facts, each.country
