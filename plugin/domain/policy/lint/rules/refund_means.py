"""A withdrawal gives the money back; an exchange or a credit may be offered beside it, never instead."""

from collections.abc import Iterator

from plugin.domain.law.jurisdiction import Jurisdiction
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import Ground, findings, ground
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import RefundMeans, Track
from plugin.domain.remedy import Remedy

CODE = "refund_not_in_money"


def find(question: Question) -> Iterator[Finding]:
    """Offers without a refund, and refunds by credit or voucher (Directive 2011/83/EU art. 13(1) and counterparts)."""
    for served in question.markets:
        for at, rule in served.rules(Track.WITHDRAWAL):
            for fix in _fixes(at, rule, question):
                grounds = [_ground(place) for place in served.with_withdrawal]
                found = Finding(CODE, Severity.ERROR, fix.path, served.market.market, clause=rule.id, fix=fix)
                yield from findings(question, grounds, found)


def _fixes(at: str, rule: Rule, question: Question) -> Iterator[Fix]:
    """What would put each fault of the rule right."""
    if rule.refund is not None and rule.refund.means is not RefundMeans.ORIGINAL:
        yield Fix(f"{at}.refund.means", RefundMeans.ORIGINAL.value)
    if rule.offers and all(offer.remedy is not Remedy.REFUND for offer in rule.offers):
        offers = question.part(f"{at}.offers")
        yield Fix(f"{at}.offers", [{"remedy": Remedy.REFUND.value}, *(offers if isinstance(offers, list) else [])])


def _ground(place: Jurisdiction) -> Ground:
    law = place.withdrawal
    if law.same_means_of_payment is not None:
        return ground(place.code, law.block, "exists", "same_means_of_payment")
    return ground(place.code, law.block, "exists", "refund_days")
