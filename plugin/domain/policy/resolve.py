"""Which rule of a market holds for an item: exactly one per track, predictably, and it can be told which and why.

For a line of an order everything is known that will ever be, so what is not known does not match. Before an order (a
badge, a cached page) the answer has to hold whatever is not known yet turns out to be: `least` gives that.
"""

from plugin.domain.policy.least import least_of
from plugin.domain.policy.resolution import Resolution
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.rule_index import shelves_of
from plugin.domain.policy.scope import Item
from plugin.domain.policy.terms import Track
from plugin.domain.policy.version import MarketPolicy

__all__ = ["Resolution", "least", "resolve", "resolve_all"]


def resolve(market: MarketPolicy, track: Track, item: Item) -> Resolution:
    """The rule for a line of an order."""
    return shelves_of(market)[track].resolve(item)


def resolve_all(market: MarketPolicy, item: Item) -> dict[Track, Resolution]:
    """The rule of every track for a line of an order."""
    return {track: shelf.resolve(item) for track, shelf in shelves_of(market).items()}


def same_for_all(market: MarketPolicy) -> dict[Track, Resolution] | None:
    """The rules of a market none of whose rules has a scope, so that every item gets the same; else None."""
    found = {track: shelf.same_for_all for track, shelf in shelves_of(market).items()}
    return {track: each for track, each in found.items() if each is not None} if None not in found.values() else None


def least(market: MarketPolicy, track: Track, item: Item) -> Resolution:
    """What holds whatever is unknown of the item turns out to be; no rule when one of the possible answers is none."""
    possible: list[Rule] = []
    overruled: list[str] = []
    is_settled = False
    for rule, answer in shelves_of(market)[track].possible(item):
        if is_settled:
            overruled.append(rule.id)
            continue
        possible.append(rule)
        is_settled = answer is True
    if not is_settled:
        return Resolution(None, tuple(rule.id for rule in possible))
    return Resolution(least_of(possible), tuple(overruled), tuple(rule.id for rule in possible))
