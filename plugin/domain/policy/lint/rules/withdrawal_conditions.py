"""The right of withdrawal asks nothing of the goods: a shopper may try them, and answers for lost value at most."""

from collections.abc import Iterator

from plugin.domain.law.jurisdiction import Jurisdiction
from plugin.domain.policy.lint.exempt import is_excluded, is_sealed
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import Ground, findings, ground
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Condition, Track

CODE = "withdrawal_conditions"
_MUST_BE_INTACT = frozenset({"CN"})
"""Goods must come back intact (Consumer Rights Protection Law art. 25): complete, with what was attached to them."""
_INTACT = frozenset({Condition.COMPLETE, Condition.TAGS_ATTACHED})


def find(question: Question) -> Iterator[Finding]:
    """Conditions the law does not know, on the withdrawal track (Directive 2011/83/EU arts 14(2), 16, and others)."""
    for served in question.markets:
        for at, rule in served.rules(Track.WITHDRAWAL):
            wrong = [(place, _wrong(rule, place, question)) for place in served.with_withdrawal]
            grounds = [_ground(place) for place, conditions in wrong if conditions]
            gone = {condition for _, conditions in wrong for condition in conditions}
            fix = Fix(f"{at}.conditions", [each.value for each in rule.conditions if each not in gone] or None)
            found = Finding(CODE, Severity.ERROR, fix.path, served.market.market, clause=rule.id, fix=fix)
            yield from findings(question, grounds, found)


def _ground(place: Jurisdiction) -> Ground:
    if place.region in ("EU", "EEA"):
        return Ground(place.code, ("CRD art. 14(2)", "CRD art. 16"), place.withdrawal.block.certainty("exists"))
    return ground(place.code, place.withdrawal.block, "exists", "condition")


def _wrong(rule: Rule, place: Jurisdiction, question: Question) -> frozenset[Condition]:
    if is_excluded(rule.scope, question.version, place):
        return frozenset()
    allowed = _INTACT if place.code in _MUST_BE_INTACT else frozenset()
    if is_sealed(rule.scope, question.version, place):
        allowed |= {Condition.SEAL_UNBROKEN}
    return frozenset(rule.conditions) - allowed
