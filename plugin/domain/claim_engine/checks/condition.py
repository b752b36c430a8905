"""Whether the goods are in the state the shop's promise asks for, as the shopper says."""

from plugin.domain.claim_engine.finding import Finding, needs_person, no, ok
from plugin.domain.claim_engine.question import Question
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Condition, Fault

_THE_SHOPPERS = frozenset({Fault.BUYER, Fault.NONE})


def conditions_asked(promise: Rule | None, fault: Fault) -> tuple[Condition, ...]:
    """What the promise asks of the goods; nothing of goods that are at fault."""
    return promise.conditions if promise is not None and fault in _THE_SHOPPERS else ()


def check(question: Question) -> Finding:
    """The law asks nothing of the kind (2011/83/EU art. 14(2)), and goods at fault may show that they were used."""
    rule = question.promise
    if rule is None or not conditions_asked(rule, question.asked.fault):
        return ok("no_condition_asked", question.basis)
    declared, clause = question.asked.conditions, question.clause(rule.track)
    unmet = [condition.value for condition in rule.conditions if declared.get(condition) is False]
    if unmet:
        return no("condition_unmet", clause, unmet=",".join(unmet))
    unsaid = [condition.value for condition in rule.conditions if condition not in declared]
    if unsaid:
        return needs_person("condition_not_declared", clause, missing=",".join(unsaid))
    return ok("condition_declared", clause)
