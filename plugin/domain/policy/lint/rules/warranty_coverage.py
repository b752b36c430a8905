"""A warranty of the shop's own has to say what it covers, what it asks, and who stands behind it."""

from collections.abc import Iterator

from plugin.domain.policy.lint.eu_duties import COMMERCIAL_GUARANTEE, bound
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.grounds import findings
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.rule import Coverage
from plugin.domain.policy.terms import Track

CODE = "warranty_coverage"
_FIELDS = ("covers", "proof", "excludes", "serves")


def find(question: Question) -> Iterator[Finding]:
    """Warranties without what the statement of Directive (EU) 2019/771 art. 17(2) has to name."""
    for served in question.markets:
        grounds = list(bound(COMMERCIAL_GUARANTEE, served.places, question.circumstances.today))
        for at, rule in served.rules(Track.WARRANTY):
            if not rule.promises_something:
                continue
            for field in _missing(at, rule.coverage):
                found = Finding(CODE, Severity.ERROR, field, served.market.market, clause=rule.id)
                yield from findings(question, grounds, found)


def _missing(at: str, coverage: Coverage | None) -> Iterator[str]:
    if coverage is None:
        yield f"{at}.coverage"
        return
    yield from (f"{at}.coverage.{name}" for name in _FIELDS if not getattr(coverage, name))
