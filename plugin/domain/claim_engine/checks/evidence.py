"""Whether the shopper sent what the policy asks to see for the reason given."""

from collections.abc import Iterator

from plugin.domain.claim_engine.finding import Finding, needs_person, ok
from plugin.domain.claim_engine.question import Question
from plugin.domain.policy.decision import Ground
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Evidence, Track


def check(question: Question) -> Finding:
    """What is missing is asked for, never a reason to refuse; a withdrawal asks for nothing (2011/83/EU art. 9(1))."""
    if question.asked.is_withdrawal or question.decision.ground is Ground.WITHDRAWAL:
        return ok("no_evidence_on_withdrawal", question.basis)
    wanted = dict(_wanted(question))
    missing = sorted(kind.value for kind in wanted.keys() - question.asked.evidence)
    if not missing:
        return ok("evidence_there" if wanted else "no_evidence_asked")
    clauses = [basis for track in set(wanted.values()) for basis in question.clause(track)]
    return needs_person("evidence_missing", clauses, missing=",".join(missing))


def _wanted(question: Question) -> Iterator[tuple[Evidence, Track]]:
    """Every kind the deciding rule asks for; where the law alone decides, every rule that means the line."""
    rules: tuple[Rule, ...] = (question.promise,) if question.promise else question.rules
    for rule in rules:
        for each in rule.evidence:
            if each.reason in question.asked.reasons:
                yield from ((kind, rule.track) for kind in each.kinds)
