"""A shopper bears the cost of a withdrawal's return only when told so before the order."""

from collections.abc import Iterator
from dataclasses import replace

from plugin.domain.policy.lint.eu_duties import RETURN_COST, bound
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import Ground, findings, ground
from plugin.domain.policy.lint.question import Question, Served
from plugin.domain.policy.lint.rules.withdrawal_payer import is_on_shopper
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Payer, Track

CODE = "return_cost_undisclosed"


def find(question: Question) -> Iterator[Finding]:
    """Markets that do not say who bears the cost (Directive 2011/83/EU arts 6(1)(i), 6(6)).

    An error where the shopper is to pay and the notice is not declared; a warning where nothing is said at all. The fix
    declares the notice, which only the merchant can know.
    """
    for served in question.markets:
        if served.market.disclosure.is_told_return_cost:
            continue
        rules = [rule for _, rule in served.rules(Track.WITHDRAWAL)]
        paying = next((rule for rule in rules if is_on_shopper(rule)), None)
        if paying is None and rules and all(_is_on_shop(rule) for rule in rules):
            continue
        grounds = [replace(each, is_doubtful=paying is None) for each in _grounds(question, served)]
        fix = Fix(f"{served.path}.disclosure.is_told_return_cost", value=True)
        clause = paying.id if paying else None
        yield from findings(
            question, grounds, Finding(CODE, Severity.ERROR, fix.path, served.market.market, clause=clause, fix=fix)
        )


def _grounds(question: Question, served: Served) -> Iterator[Ground]:
    informed = "consumer_if_informed_else_trader"
    places = [place for place in served.with_withdrawal if place.withdrawal.who_pays_return == informed]
    eu = {each.country: each for each in bound(RETURN_COST, places, question.circumstances.today)}
    for place in places:
        law = ground(place.code, place.withdrawal.block, "who_pays_return_default")
        yield eu.get(place.code, law)


def _is_on_shop(rule: Rule) -> bool:
    return rule.payers.none is Payer.SHOP and rule.payers.buyer is not Payer.SHOPPER
