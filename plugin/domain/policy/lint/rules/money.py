"""Amounts that cannot be meant: negative ones, currencies that are none, ranges that hold no price."""

import re
from collections.abc import Iterator

from plugin.domain.money import Money
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Scope

CODE = "money_nonsense"
_CURRENCY = re.compile(r"[A-Z]{3}")
_NO_CURRENCY = frozenset({"XXX", "XTS"})
"""ISO 4217: "no currency" and the code kept for tests."""


def find(question: Question) -> Iterator[Finding]:
    """Fees and price bounds that make no sense in any country."""
    for served in question.markets:
        for at, rule in served.rules():
            for field, fix in (*_of_fee(at, rule), *_of_scope(f"{at}.scope", rule.scope)):
                yield Finding(CODE, Severity.ERROR, field, served.market.market, clause=rule.id, fix=fix)
    for i, trait in enumerate(question.version.traits):
        for field, fix in _of_scope(f"traits.{i}.scope", trait.scope):
            yield Finding(CODE, Severity.ERROR, field, "", clause=trait.id, fix=fix)


def _of_fee(at: str, rule: Rule) -> Iterator[tuple[str, Fix | None]]:
    if rule.fee is not None and rule.fee.amount is not None and not _makes_sense(rule.fee.amount):
        yield f"{at}.fee.amount", Fix(f"{at}.fee.amount" if rule.fee.rate else f"{at}.fee")


def _of_scope(at: str, scope: Scope) -> Iterator[tuple[str, Fix | None]]:
    low, high = scope.price_from, scope.price_below
    for name, bound in (("price_from", low), ("price_below", high)):
        if bound is not None and not _makes_sense(bound):
            yield f"{at}.{name}", None
    if low and high and (low.currency != high.currency or low.minor >= high.minor):
        yield f"{at}.price_below", None


def _makes_sense(money: Money) -> bool:
    return money.minor >= 0 and bool(_CURRENCY.fullmatch(money.currency)) and money.currency not in _NO_CURRENCY
