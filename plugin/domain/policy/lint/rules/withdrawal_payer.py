"""Where the law lets the trader pay for the way back of a withdrawal, no policy can let the shopper pay."""

from collections.abc import Iterator

from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import findings, ground
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Payer, Track

CODE = "withdrawal_payer"


def find(question: Question) -> Iterator[Finding]:
    """Shopper-paid withdrawals where the trader pays by law (TW Consumer Protection Act art. 19, BR CDC art. 49 ...).

    The fix leaves the payer to the law of each country.
    """
    for served in question.markets:
        places = [place for place in served.with_withdrawal if place.withdrawal.who_pays_return == "trader"]
        for at, rule in served.rules(Track.WITHDRAWAL):
            if not is_on_shopper(rule):
                continue
            grounds = [ground(place.code, place.withdrawal.block, "who_pays_return_default") for place in places]
            fix = Fix(f"{at}.payers", question.without(f"{at}.payers", "none", "buyer"))
            found = Finding(CODE, Severity.ERROR, fix.path, served.market.market, clause=rule.id, fix=fix)
            yield from findings(question, grounds, found)


def is_on_shopper(rule: Rule) -> bool:
    """Whether the shopper pays for a return nobody else caused."""
    return Payer.SHOPPER in (rule.payers.none, rule.payers.buyer)
