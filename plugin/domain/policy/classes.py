"""Promise classes: the few different promises a market makes, so that surfaces without an engine can print them.

A class is what the policy says of a product wherever in the market it goes, told by its content: two products share a
class exactly if every rule and every confirmed trait says the same of them. What depends on the day, the price or the
shopper's group leaves the weakest promise that always holds, as for anything else that is not known before an order.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product as combined
from types import MappingProxyType

import msgspec

from plugin.domain.policy.promised import Promised, promised_of
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import EVERYTHING, Item, folded
from plugin.domain.policy.version import MarketPolicy, PolicyVersion

DEFAULT_MARKET = "default"
"""The market every version has."""
MOST_CLASSES = 50
"""In one market; products beyond them get the promise that holds for everything."""
_MOST_LOOKED_AT = 20_000
_ID_LENGTH = 16
_OTHER = "\0other"
"""A name no rule has."""
_ANYTHING = Item()


@dataclass(frozen=True, slots=True)
class PromiseClass:
    """One promise of a market. `id` is made from what it says: a policy that says the same keeps it."""

    id: str
    promised: Promised


def market_key(policy: PolicyVersion, market: MarketPolicy) -> str:
    """What a market is called within its version: names are words and may repeat."""
    places = (str(place) for place, each in enumerate(policy.markets) if each is market)
    return next(places, DEFAULT_MARKET)


def rules_key(policy: PolicyVersion | None, market: MarketPolicy | None) -> str:
    """What decides which product of a market has which class, by content: while it stays, so do the products' classes.

    Unlike `market_key` it means the same in every version, so that what was written under one is never read under
    another that decides otherwise.
    """
    decides = (market.rules, policy.traits) if policy and market else ()
    return sha256(msgspec.json.encode(decides, order="deterministic")).hexdigest()[:_ID_LENGTH]


def class_of(item: Item, policy: PolicyVersion, market: MarketPolicy) -> PromiseClass:
    """The one class an item falls in."""
    promised = _told(promised_of(item, policy, market))
    content = {
        "rules": {track.value: rule for track, rule in promised.rules.items()},
        "goods": promised.goods,
        "possible": promised.possible,
    }
    digest = sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()
    return PromiseClass(digest[:_ID_LENGTH], promised)


def class_of_anything(policy: PolicyVersion, market: MarketPolicy) -> PromiseClass:
    """The promise that holds for everything, whatever it is."""
    return class_of(_ANYTHING, policy, market)


def too_many_classes(version: PolicyVersion) -> tuple[MarketPolicy, ...]:
    """The markets whose rules can make more different promises than surfaces without an engine can hold.

    Counted over products that rules and traits can tell apart, with at most one named term of each kind: one category,
    one collection, one tag. Of a policy so large that this cannot be told, it is taken to be so.
    """
    return tuple(market for market in (version.default, *version.markets) if _has_too_many(market, version))


def _has_too_many(market: MarketPolicy, version: PolicyVersion) -> bool:
    found: set[str] = set()
    for looked_at, item in enumerate(_items(market, version)):
        found.add(class_of(item, version, market).id)
        if len(found) >= MOST_CLASSES or looked_at >= _MOST_LOOKED_AT:  # the promise for everything is one more
            return True
    return False


def _items(market: MarketPolicy, version: PolicyVersion) -> Iterator[Item]:
    """A product for every combination of what rules and confirmed traits name, what none of them names included."""
    scopes = [rule.scope for rule in market.rules]
    scopes += [trait.scope for trait in version.traits if trait.is_confirmed]
    singles = (_tellable([scope.products for scope in scopes]), _tellable([scope.skus for scope in scopes]))
    terms = (
        _tellable([folded(scope.categories) for scope in scopes]),
        _tellable([folded(scope.collections) for scope in scopes]),
        _tellable([folded(scope.tags) for scope in scopes]),
    )
    for product, sku, *names in combined(*singles, *terms):
        categories, collections, tags = (frozenset({name}) for name in names)
        yield Item(product, sku, categories, collections, tags)


def _tellable(named: Sequence[frozenset[str]]) -> list[str]:
    """One name for each set of scopes that have it in common, and one that is in none."""
    scopes_with: dict[str, list[int]] = defaultdict(list)
    for at, names in enumerate(named):
        for name in names:
            scopes_with[name].append(at)
    alike = {tuple(scopes): name for name, scopes in sorted(scopes_with.items())}
    return [_OTHER, *alike.values()]


def _told(promised: Promised) -> Promised:
    """The promise without what tells nobody anything: which rules it came from, for whom, and notes for the desk."""
    rules = {track: rule and outcome(rule) for track, rule in promised.rules.items()}
    return Promised(MappingProxyType(rules), replace(promised.goods, names=()), replace(promised.possible, names=()))


def outcome(rule: Rule) -> Rule:
    """What a rule promises, without what it is called, whom it is for and what is only for the desk."""
    return replace(
        rule,
        id=rule.track.value,
        scope=EVERYTHING,
        priority=0,
        evidence=(),
        report_damage_within_hours=None,
        note=None,
    )
