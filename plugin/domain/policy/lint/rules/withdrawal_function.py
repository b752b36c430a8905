"""A live shop that sells to the EU needs a withdrawal function shoppers can reach."""

from collections.abc import Iterator

from plugin.domain.law.withdrawal_function import withdrawal_function_duty
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.grounds import Ground, findings
from plugin.domain.policy.lint.question import Question, Served

CODE = "withdrawal_function_missing"


def find(question: Question) -> Iterator[Finding]:
    """Live shops without the function, where it is a duty today (Directive 2011/83/EU art. 11a, since 19 June 2026)."""
    about = question.circumstances
    if not about.is_live or about.has_withdrawal_function:
        return
    for served in question.markets:
        found = Finding(CODE, Severity.ERROR, served.path, served.market.market)
        yield from findings(question, _grounds(question, served), found)


def _grounds(question: Question, served: Served) -> Iterator[Ground]:
    for place in served.places:
        duty = withdrawal_function_duty(place.code, question.circumstances.today, question.law.rulebook)
        if duty.required:
            yield Ground(place.code, duty.sources, duty.certainty)
