"""Who pays for sending goods back without a reason: the law's answer, which the shop's promise may only better."""

from functools import lru_cache

from plugin.domain.clocks.steps import step
from plugin.domain.entitlement import TraceStep
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Payer
from plugin.domain.policy.version import MarketPolicy


def payer_by_law(law: str, rule: Rule | None, market: MarketPolicy | None) -> tuple[Payer, TraceStep]:
    """Who bears the direct cost of a withdrawal, by the jurisdiction's `who_pays_return_default` (`law`).

    In the EU the shopper only if told so before the order, otherwise the shop (Directive 2011/83/EU arts 6(6), 14(1));
    while the merchant has not declared which, the answer is `UNKNOWN` and says on what it depends.
    `rule` is the one of the withdrawal track; where the statute itself makes the seller pay (Brazil, Taiwan), a rule
    that says the same adds nothing, and the answer is the law's.
    """
    if law == "trader":
        return Payer.SHOP, step("payer_shop_by_law")
    if rule is not None and rule.payers.none is Payer.SHOP:
        return payer_by_promise(rule, market)
    match law:
        case "consumer":
            return Payer.SHOPPER, step("payer_shopper_by_law")
        case "consumer_if_informed_else_trader":
            return _if_told(market.disclosure.is_told_return_cost if market else None)
        case _:
            return payer_by_promise(rule, market)


def payer_by_promise(rule: Rule | None, market: MarketPolicy | None) -> tuple[Payer, TraceStep]:
    """Who pays when only the shop's promise decides."""
    return promised(rule.payers.none if rule is not None else Payer.UNKNOWN, market)


def promised(payer: Payer, market: MarketPolicy | None) -> tuple[Payer, TraceStep]:
    """That the shop's promise makes this one pay."""
    return _promised(payer, market.market if market is not None else None)


@lru_cache(maxsize=1024)
def _promised(payer: Payer, market: str | None) -> tuple[Payer, TraceStep]:
    return payer, step(f"payer_{payer.value}_by_promise", market=market)


def _if_told(is_told: bool | None) -> tuple[Payer, TraceStep]:  # noqa: FBT001  # a declaration: yes, no, not made
    if is_told is None:
        return Payer.UNKNOWN, step("payer_depends_on_notice")
    return (Payer.SHOPPER, step("payer_shopper_told")) if is_told else (Payer.SHOP, step("payer_shop_not_told"))
