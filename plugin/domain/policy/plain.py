"""The promises most shops make, as rules: one window for returns, one for exchanges, a warranty, who pays."""

from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Offer, Payer, Payers, Track, Window, WindowUnit
from plugin.domain.remedy import Remedy


def plain_rules(
    *,
    return_days: int | None = None,
    exchange_days: int | None = None,
    return_payer: Payer = Payer.UNKNOWN,
    warranty_months: int | None = None,
    warranty_payer: Payer = Payer.UNKNOWN,
) -> tuple[Rule, ...]:
    """Rules for everything in the shop; what is None is not promised.

    `return_payer` pays for every return without a reason, by law or by promise.
    """
    payers = Payers(none=return_payer, buyer=return_payer)
    rules = (
        Rule("withdrawal", Track.WITHDRAWAL, payers=payers) if return_payer is not Payer.UNKNOWN else None,
        _rule("returns", Track.RETURN, return_days, WindowUnit.DAYS, payers, Remedy.REFUND),
        _rule("exchanges", Track.EXCHANGE, exchange_days, WindowUnit.DAYS, payers, Remedy.EXCHANGE),
        _rule(
            "warranty",
            Track.WARRANTY,
            warranty_months,
            WindowUnit.MONTHS,
            Payers(*(warranty_payer,) * 4),
            Remedy.REPAIR,
            Remedy.REPLACEMENT,
        ),
    )
    return tuple(rule for rule in rules if rule is not None)


def _rule(
    name: str, track: Track, length: int | None, unit: WindowUnit, payers: Payers, *remedies: Remedy
) -> Rule | None:
    if not length:
        return None
    offers = tuple(Offer(remedy) for remedy in remedies)
    return Rule(name, track, window=Window(length, unit), payers=payers, offers=offers)
