"""Who withdraws has to know where the goods go."""

from collections.abc import Iterator
from typing import cast

from plugin.domain.policy.lint.eu_duties import RETURN_ADDRESS, bound
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import findings
from plugin.domain.policy.lint.question import Question, Served

CODE = "return_address_missing"


def find(question: Question) -> Iterator[Finding]:
    """Policies without any return address (Directive 2011/83/EU art. 6(1)(h)); the fix takes the trader's own."""
    if question.version.return_addresses:
        return
    for served in question.markets:
        grounds = bound(RETURN_ADDRESS, served.places, question.circumstances.today)
        fix = _fix(question, served)
        found = Finding(CODE, Severity.ERROR, "return_addresses", served.market.market, fix=fix)
        yield from findings(question, grounds, found)


def _fix(question: Question, served: Served) -> Fix | None:
    owner = served.path if served.market.trader else "default"
    if question.version.trader_of(served.market) is None:
        return None
    trader = cast("dict[str, object]", question.part(f"{owner}.trader"))
    return Fix("return_addresses", [{"id": "trader", "name": trader["name"], "address": trader["address"]}])
