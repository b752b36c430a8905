"""Nothing is a final sale where the law lets shoppers withdraw; saying so denies them a right."""

from collections.abc import Iterator

from plugin.domain.policy.lint.exempt import is_excluded
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import findings, ground
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.terms import Track

CODE = "final_sale"


def find(question: Question) -> Iterator[Finding]:
    """Final sales of goods nothing excludes from withdrawal (Directive 2011/83/EU arts 9, 16, 25 and counterparts).

    The fix promises nothing for these goods, which leaves what the law gives.
    """
    for served in question.markets:
        for at, rule in served.rules(Track.RETURN, Track.WITHDRAWAL):
            if not rule.is_final_sale:
                continue
            places = (place for place in served.with_withdrawal if not is_excluded(rule.scope, question.version, place))
            grounds = [ground(place.code, place.withdrawal.block, "exists", "exceptions") for place in places]
            fix = Fix(at, question.without(at, "is_final_sale", "window"))
            field = f"{at}.is_final_sale"
            found = Finding(CODE, Severity.ERROR, field, served.market.market, clause=rule.id, fix=fix)
            yield from findings(question, grounds, found)
