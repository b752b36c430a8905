"""Money paid back later than the law says, for a withdrawal."""

from collections.abc import Iterator
from dataclasses import replace

from plugin.domain.law.jurisdiction import Jurisdiction, RefundFrom, Unit, WithdrawalLaw
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import Ground, findings, ground
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.terms import RefundPromise, RefundStart, Track

CODE = "refund_later_than_law"


def find(question: Question) -> Iterator[Finding]:
    """Refund promises on the withdrawal track beyond the legal limit (Directive 2011/83/EU art. 13 and counterparts).

    Where the law counts from the statement, a promise that counts from the goods' return is later than the law when it
    gives as many days, and can be when it gives fewer: withholding ends with the return, or the proof of sending.
    """
    for served in question.markets:
        for at, rule in served.rules(Track.WITHDRAWAL):
            if rule.refund is None:
                continue
            judged = [_ground(place, rule.refund) for place in served.with_withdrawal]
            field, fix = f"{at}.refund", Fix(f"{at}.refund")
            found = Finding(CODE, Severity.ERROR, field, served.market.market, clause=rule.id, fix=fix)
            yield from findings(question, [each for each in judged if each], found)


def _ground(place: Jurisdiction, promise: RefundPromise) -> Ground | None:
    law = place.withdrawal
    limit = _limit(law)
    if limit is None:
        return None
    found = ground(place.code, law.block, "exists", "refund_days", facts=(("days", str(law.refund_days)),))
    if promise.days > limit or (promise.days == limit and _counts_later(law, promise)):
        return found
    return replace(found, is_doubtful=True) if promise.days and _counts_later(law, promise) else None


def _limit(law: WithdrawalLaw) -> int | None:
    """Calendar days; working days as many as they can take."""
    days = law.refund_days
    return days * 2 + 2 if days is not None and law.refund_unit is Unit.BUSINESS else days


def _counts_later(law: WithdrawalLaw, promise: RefundPromise) -> bool:
    """Whether the promise starts to count after the law does."""
    if law.refund_from in (RefundFrom.GOODS_BACK, RefundFrom.GOODS_BACK_OR_PROOF):
        return False  # proof of sending is the shopper's to give; without it the return counts
    return promise.start is not RefundStart.REQUEST
