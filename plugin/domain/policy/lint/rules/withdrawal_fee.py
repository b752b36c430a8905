"""A withdrawal costs nothing but, where the law says so, the way back; a few countries allow a fee."""

from collections.abc import Iterator

from plugin.domain.law.jurisdiction import CancellationFee, Jurisdiction
from plugin.domain.money import Money
from plugin.domain.policy.lint.exempt import is_excluded
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import Ground, findings, ground
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Scope
from plugin.domain.policy.terms import BASIS_POINTS, Fee, Track

CODE = "withdrawal_fee"


def find(question: Question) -> Iterator[Finding]:
    """Fees on the withdrawal track beyond what the country allows (Directive 2011/83/EU art. 13(1); IL s. 14C)."""
    for served in question.markets:
        for at, rule in served.rules(Track.WITHDRAWAL):
            places = (place for place in served.with_withdrawal if not is_excluded(rule.scope, question.version, place))
            grounds = [_ground(place) for place in places if not _is_allowed(rule, place)]
            found = Finding(
                CODE, Severity.ERROR, f"{at}.fee", served.market.market, clause=rule.id, fix=Fix(f"{at}.fee")
            )
            yield from findings(question, grounds, found)


def _ground(place: Jurisdiction) -> Ground:
    law = place.withdrawal
    if law.cancellation_fee is not None:
        return ground(place.code, law.block, "exists", "cancellation_fee")
    return ground(place.code, law.block, "exists", "refund_days")


def _is_allowed(rule: Rule, place: Jurisdiction) -> bool:
    fee = rule.fee
    if fee is None or (fee.rate == 0 and (fee.amount is None or fee.amount.minor <= 0)):
        return True
    allowed = place.withdrawal.cancellation_fee
    return allowed is not None and _is_within(fee, allowed, rule.scope)


def _is_within(fee: Fee, allowed: CancellationFee, scope: Scope) -> bool:
    """Whether the fee is within rate and amount for every price the scope lets in, and so within the lower of the two.

    Rate and amount are straight lines over the price, so the lowest and the highest price decide.
    """
    money = [each for each in (fee.amount, scope.price_from, scope.price_below) if each is not None]
    if any(each.currency != allowed.currency for each in money):
        return False
    amount, lowest = _minor(fee.amount), _minor(scope.price_from)
    if amount > 0 and amount * BASIS_POINTS > (allowed.rate - fee.rate) * lowest:
        return False
    if fee.rate == 0:
        return amount <= allowed.minor
    if fee.rate > allowed.rate or scope.price_below is None:
        return False
    return fee.rate * scope.price_below.minor + amount * BASIS_POINTS <= allowed.minor * BASIS_POINTS


def _minor(money: Money | None) -> int:
    return money.minor if money else 0
