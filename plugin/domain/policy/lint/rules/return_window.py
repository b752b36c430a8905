"""A promised return that is shorter than the right of withdrawal makes shoppers believe they have less than they do."""

from collections.abc import Iterator

from plugin.domain.law.jurisdiction import Jurisdiction, Unit
from plugin.domain.policy.lint.exempt import is_excluded
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import Ground, findings, ground
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Anchor, Track

CODE = "return_window_below_law"


def find(question: Question) -> Iterator[Finding]:
    """Windows of the return track below the legal period (Directive 2011/83/EU art. 9 and its counterparts).

    A window that runs from the order or the dispatch is shorter than one of the same length from delivery.
    """
    for served in question.markets:
        longest = max((_most_days(place) for place in served.with_withdrawal), default=0)
        for at, rule in served.rules(Track.RETURN):
            places = (place for place in served.with_withdrawal if not is_excluded(rule.scope, question.version, place))
            grounds = [_ground(place) for place in places if _is_shorter(rule, place)]
            fix = Fix(at, question.without(at, "clock", window={"length": longest})) if grounds else None
            found = Finding(CODE, Severity.ERROR, f"{at}.window", served.market.market, clause=rule.id, fix=fix)
            yield from findings(question, grounds, found)


def _ground(place: Jurisdiction) -> Ground:
    law = place.withdrawal
    return ground(place.code, law.block, "exists", "days", "unit", facts=(("days", str(law.days)),))


def _is_shorter(rule: Rule, place: Jurisdiction) -> bool:
    days = rule.window.least_days if rule.window and not rule.is_final_sale else None
    if days is None:
        return False
    legal = _fewest_days(place)
    starts_early = rule.clock[:1] in ((Anchor.ORDERED,), (Anchor.SHIPPED,))
    return days < legal or (starts_early and days == legal)


def _fewest_days(place: Jurisdiction) -> int:
    """The legal period in calendar days when no holiday lengthens it."""
    days = place.withdrawal.days or 0
    return days + days // 5 * 2 if place.withdrawal.unit is Unit.BUSINESS else days


def _most_days(place: Jurisdiction) -> int:
    """As many calendar days as the legal period can take: five working days around Holy Week take up to twelve."""
    days = place.withdrawal.days or 0
    return days * 2 + 2 if place.withdrawal.unit is Unit.BUSINESS else days
