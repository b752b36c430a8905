"""Shoppers have to know who sells to them and how to reach that trader, by phone too."""

from collections.abc import Iterator

from plugin.domain.policy.lint.eu_duties import IDENTITY, PHONE, bound
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.grounds import findings
from plugin.domain.policy.lint.question import Question

MISSING, NO_PHONE = "trader_missing", "trader_phone_missing"


def find_missing(question: Question) -> Iterator[Finding]:
    """Markets without a trader; name, address and e-mail come with one (Directive 2011/83/EU art. 6(1)(b)-(c))."""
    for served in question.markets:
        if question.version.trader_of(served.market) is None:
            grounds = bound(IDENTITY, served.places, question.circumstances.today)
            found = Finding(MISSING, Severity.ERROR, f"{served.path}.trader", served.market.market)
            yield from findings(question, grounds, found)


def find_no_phone(question: Question) -> Iterator[Finding]:
    """Traders without a telephone number (Directive 2011/83/EU art. 6(1)(c) as amended by 2019/2161)."""
    for served in question.markets:
        trader = question.version.trader_of(served.market)
        if trader is not None and trader.phone is None:
            owner = served.path if served.market.trader else "default"
            grounds = bound(PHONE, served.places, question.circumstances.today)
            found = Finding(NO_PHONE, Severity.ERROR, f"{owner}.trader.phone", served.market.market)
            yield from findings(question, grounds, found)
