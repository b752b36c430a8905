"""Whether there is a way back for goods from where they are."""

from collections.abc import Iterator

from plugin.domain.claim_engine.finding import Finding, needs_person, ok
from plugin.domain.claim_engine.question import Question
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import MethodKind, ReturnMethod


def check(question: Question) -> Finding:
    """Where no way is named, shoppers send with whom they like; where none of the named serves, a person finds one."""
    if not question.asked.wanted.traits.brings_back:
        return ok("nothing_comes_back")
    ways = [way for rule in _rules(question) for way in rule.methods]
    if not ways or any(_serves(way, question) for way in ways):
        return ok("way_back_served", country=question.country or "")
    return needs_person("no_way_back", country=question.country or "")


def _rules(question: Question) -> Iterator[Rule]:
    return iter((question.promise,) if question.promise else question.rules)


def _serves(way: ReturnMethod, question: Question) -> bool:
    if way.kind is MethodKind.OWN_CARRIER:
        return True
    is_light = way.max_grams is None or question.grams is None or question.grams <= way.max_grams
    return is_light and (not way.countries or question.country in way.countries)
