"""A shopper bears the cost of a withdrawal's return only when told so before the order."""

from collections.abc import Iterator

from plugin.domain.policy.lint.eu_duties import RETURN_COST, bound
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import Ground, findings, ground
from plugin.domain.policy.lint.question import Question, Served
from plugin.domain.policy.lint.rules.withdrawal_payer import is_on_shopper
from plugin.domain.policy.terms import Track

CODE = "return_cost_undisclosed"
_IF_TOLD = "consumer_if_informed_else_trader"


def find(question: Question) -> Iterator[Finding]:
    """Markets where the shopper is to pay and no notice is declared (Directive 2011/83/EU arts 6(1)(i), 6(6)).

    Where nothing is said at all the shop pays by law, and nothing is at fault. The fix declares the notice, which only
    the merchant can know.
    """
    for served in question.markets:
        paying = next((rule for _, rule in served.rules(Track.WITHDRAWAL) if is_on_shopper(rule)), None)
        if paying is None or served.market.disclosure.is_told_return_cost:
            continue
        fix = Fix(f"{served.path}.disclosure.is_told_return_cost", value=True)
        found = Finding(CODE, Severity.ERROR, fix.path, served.market.market, clause=paying.id, fix=fix)
        yield from findings(question, _grounds(question, served), found)


def _grounds(question: Question, served: Served) -> Iterator[Ground]:
    places = [place for place in served.with_withdrawal if place.withdrawal.who_pays_return == _IF_TOLD]
    by_eu_law = {each.country: each for each in bound(RETURN_COST, places, question.circumstances.today)}
    for place in places:
        law = ground(place.code, place.withdrawal.block, "who_pays_return_default")
        yield by_eu_law.get(place.code, law)
