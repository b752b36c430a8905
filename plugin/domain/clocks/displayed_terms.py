"""Where the shop's own return terms, shown before the order, take the place of a right by law (Japan).

The buyer may withdraw within eight days unless the advertisement states what the seller agreed on returns (Act on
Specified Commercial Transactions, art. 15-3). The policy in force is what the site shows: badge, page and order
confirmation print it. So it is the contract's term, unless the merchant declares that shoppers are not informed.
"""

from plugin.domain.law.jurisdiction import WithdrawalLaw
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import Track
from plugin.domain.policy.version import MarketPolicy

UNLESS_DISPLAYED = "only_if_no_return_policy_displayed"
"""The condition in the law's data."""


def replace_right(law: WithdrawalLaw, rule: Rule | None, market: MarketPolicy | None) -> bool:
    """Whether `rule`, the one that holds on the track of returns (a final sale too), is there instead of the right."""
    return rule is not None and _are_shown(law, market)


def may_replace_right(law: WithdrawalLaw, rule: Rule | None, market: MarketPolicy | None) -> bool:
    """Whether they do, or may for some of the goods: `rule` is the least of those that may hold, None when one is none.

    A right that some terms replace is promised of nothing in that market.
    """
    rules = market.rules if market is not None else ()
    return _are_shown(law, market) and (rule is not None or any(each.track is Track.RETURN for each in rules))


def _are_shown(law: WithdrawalLaw, market: MarketPolicy | None) -> bool:
    is_denied = market is not None and market.disclosure.is_informed is False
    return law.condition == UNLESS_DISPLAYED and not is_denied
