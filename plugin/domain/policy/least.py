"""The least that several rules promise: what holds for the shopper whichever of them it will be."""

from collections.abc import Sequence

from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import BASIS_POINTS, Anchor, Fault, Fee, Offer, Payer, Payers, RefundPromise, Window

LEAST = "least"
"""The id of a rule put together from several."""
_ENDLESS = 1_000_000
_EARLIEST = (Anchor.ORDERED, Anchor.SHIPPED, Anchor.DELIVERED)
_FAULTS = (Fault.NONE, Fault.BUYER, Fault.CARRIER, Fault.SELLER)
"""In the order of `Payers`."""


def least_of(rules: Sequence[Rule]) -> Rule | None:
    """A rule no better in any part than any of these; the rule itself when there is one, None when none is left."""
    if len(rules) < 2:  # noqa: PLR2004 - of one rule there is nothing to compare
        return rules[0] if rules else None
    first = rules[0]
    return Rule(
        id=LEAST,
        track=first.track,
        window=_window(rules),
        clock=first.clock if all(rule.clock == first.clock for rule in rules) else _clock(rules),
        payers=_payers(rules),
        fee=_fee(rules),
        offers=_offers(rules),
        conditions=tuple(dict.fromkeys(condition for rule in rules for condition in rule.conditions)),
        is_final_sale=any(rule.is_final_sale for rule in rules),
        methods=tuple(method for method in first.methods if all(method in rule.methods for rule in rules)),
        return_to=first.return_to if all(rule.return_to == first.return_to for rule in rules) else None,
        refund=_refund(rules),
        coverage=first.coverage if all(rule.coverage == first.coverage for rule in rules) else None,
    )


def _window(rules: Sequence[Rule]) -> Window | None:
    windows = [rule.window for rule in rules if rule.window is not None]
    if len(windows) < len(rules):
        return None
    return min(windows, key=lambda window: _ENDLESS if window.least_days is None else window.least_days)


def _clock(rules: Sequence[Rule]) -> tuple[Anchor, ...]:
    """From the first moment any of them may count from: windows that begin earlier end earlier."""
    anchors = {anchor for rule in rules for anchor in rule.clock}
    return (next(anchor for anchor in _EARLIEST if anchor in anchors),)


def _payers(rules: Sequence[Rule]) -> Payers:
    return Payers(*(_payer([rule.payers.of(fault) for rule in rules]) for fault in _FAULTS))


def _payer(payers: Sequence[Payer]) -> Payer:
    if Payer.SHOPPER in payers:
        return Payer.SHOPPER
    return Payer.UNKNOWN if Payer.UNKNOWN in payers else Payer.SHOP


def _fee(rules: Sequence[Rule]) -> Fee | None:
    """At most this; where amounts of different currencies cannot be compared, it may be all of the price."""
    fees = [rule.fee for rule in rules if rule.fee is not None]
    if not fees:
        return None
    amounts = [fee.amount for fee in fees if fee.amount is not None]
    if len({amount.currency for amount in amounts}) > 1:
        return Fee(rate=BASIS_POINTS)
    return Fee(max(fee.rate for fee in fees), max(amounts, key=lambda amount: amount.minor) if amounts else None)


def _offers(rules: Sequence[Rule]) -> tuple[Offer, ...]:
    return tuple(offer for offer in rules[0].offers if all(offer in rule.offers for rule in rules))


def _refund(rules: Sequence[Rule]) -> RefundPromise | None:
    promises = [rule.refund for rule in rules if rule.refund is not None]
    comparable = {(promise.start, promise.means) for promise in promises}
    if len(promises) < len(rules) or len(comparable) > 1:
        return None
    return max(promises, key=lambda promise: promise.days)


_PARTS = ("payers", "fee", "is_final_sale", "methods", "refund")


def is_no_worse(rule: Rule, than: Rule) -> bool:
    """Whether a rule gives in every part at least as much as another, how long and from when aside.

    What a warranty covers is in words, so only the same words are surely no worse.
    """
    least = least_of((than, rule))
    kept = least is not None and all(getattr(least, part) == getattr(than, part) for part in _PARTS)
    offers = {*rule.offered} >= {*than.offered}
    asks_no_more = {*rule.conditions} <= {*than.conditions} and {*rule.evidence} <= {*than.evidence}
    return kept and offers and asks_no_more and rule.coverage == than.coverage
