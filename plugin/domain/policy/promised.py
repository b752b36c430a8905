"""What a policy says of an item before anything is bought, wherever it goes: its rules, and what goods it is.

What is not known of the item (its price, the day, the shopper's group) leaves the least that always holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from plugin.domain.policy.goods import ORDINARY, Goods, goods_of, possible_goods_of
from plugin.domain.policy.resolve import least
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item
from plugin.domain.policy.terms import Track
from plugin.domain.policy.version import MarketPolicy, PolicyVersion

Rules = Mapping[Track, Rule | None]
"""The least of the rules that may hold, for every track; None where it may be that none does."""


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise of a market. `goods` is what surely holds, `possible` what may turn out to hold as well."""

    rules: Rules
    goods: Goods
    possible: Goods


NOTHING = Promised(MappingProxyType(dict.fromkeys(Track)), ORDINARY, ORDINARY)
"""What holds without a policy."""


def promised_of(item: Item, policy: PolicyVersion | None, market: MarketPolicy | None) -> Promised:
    """The promise for an item in a market of the policy."""
    if policy is None or market is None:
        return NOTHING
    return Promised(
        rules=MappingProxyType({track: least(market, track, item).rule for track in Track}),
        goods=goods_of(item, (), policy),
        possible=possible_goods_of(item, policy),
    )
