"""A live shop that sells to the EU needs a withdrawal function shoppers can reach."""

from collections.abc import Iterator
from datetime import date

from plugin.domain.law.withdrawal_function import withdrawal_function_duty
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.grounds import Ground, findings
from plugin.domain.policy.lint.question import Question, Served

CODE = "withdrawal_function_missing"
_UNION_SINCE = date(2026, 6, 19)
"""Directive (EU) 2023/2673 art. 2(1): before that nobody may have such a duty."""


def find(question: Question) -> Iterator[Finding]:
    """Live shops without the function, where it is a duty today (Directive 2011/83/EU art. 11a, since 19 June 2026).

    A directive binds states; a shop is bound by the national law that transposes it. Where that law was read, at least
    in a secondary source, the policy waits as ready. Where nobody has confirmed it, or whether the duty has reached the
    EEA, the finding is a warning that says so.
    """
    about = question.circumstances
    if not about.is_live or about.has_withdrawal_function:
        return
    for served in question.markets:
        found = Finding(CODE, Severity.ERROR, served.path, served.market.market)
        yield from findings(question, _grounds(question, served), found)


def _grounds(question: Question, served: Served) -> Iterator[Ground]:
    today = question.circumstances.today
    for place in served.places:
        duty = withdrawal_function_duty(place.code, today, question.law.rulebook)
        is_open = duty.required is None and today >= _UNION_SINCE
        if duty.required or is_open:
            yield Ground(place.code, duty.sources, duty.certainty)
