"""The GARAN label tells of the producer's guarantee: free, for the whole good, for more than two years."""

from collections.abc import Iterator

from plugin.domain.policy.lint.eu_duties import GARAN, bound
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import findings
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.traits import Trait, TraitRule

CODE = "garan_without_guarantee"
_MORE_THAN_MONTHS = 24


def find(question: Question) -> Iterator[Finding]:
    """Confirmed producer guarantees that carry no label (Implementing Regulation (EU) 2025/1960 Annex II)."""
    places = [place for served in question.markets for place in served.places]
    for i, trait in enumerate(question.version.traits):
        if trait.trait is Trait.PRODUCER_GUARANTEE and trait.is_confirmed and not _is_whole(trait):
            grounds = bound(GARAN, places, question.circumstances.today)
            fix = Fix(f"traits.{i}.is_confirmed")
            found = Finding(CODE, Severity.ERROR, f"traits.{i}", "", clause=trait.id, fix=fix)
            yield from findings(question, grounds, found)


def _is_whole(trait: TraitRule) -> bool:
    return bool(trait.producer) and trait.months is not None and trait.months > _MORE_THAN_MONTHS
