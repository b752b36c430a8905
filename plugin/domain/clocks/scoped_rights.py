"""The promises of a market group by group: what the shop says of all goods, and of those it says something else of.

Where `market_rights` gives the one answer that always holds, this gives every answer there is, each with the goods it
is about, so that a page can say which is which.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from plugin.domain.clocks.before_purchase import ANYTHING, MarketRights, rights_by
from plugin.domain.law.in_force import Law
from plugin.domain.policy.promised import Promised, promised_of
from plugin.domain.policy.resolve import resolve
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import EVERYTHING, Scope
from plugin.domain.policy.terms import Track
from plugin.domain.policy.version import MarketPolicy, PolicyVersion


@dataclass(frozen=True, slots=True)
class ScopedRights:
    """What is said of the goods in a scope. On tracks not in `tracks` nothing of their own is: the least holds.

    `is_rest`: of all goods but those that something else was said of before.
    """

    scope: Scope
    tracks: frozenset[Track]
    rights: MarketRights
    is_rest: bool = False


def scoped_rights(country: str, policy: PolicyVersion, law: Law, today: date) -> tuple[ScopedRights, ...]:
    """Every group of goods with its rights; goods that are in several have what the first of them says.

    Left out is what no order can have any more or at all: seasons that are over on `today`, rules for customer groups
    and channels (no order says which it is of), and rules that another one for all goods always prevails over. All the
    other goods come after those named; what is said of really all goods comes last, even if it is nothing.
    """
    market = policy.for_country(country)
    least = promised_of(ANYTHING, policy, market)
    return tuple(
        replace(_group(country, scope, rules, market, least, law), is_rest=is_rest)
        for scope, rules, is_rest in _groups(market, today)
    )


def _groups(market: MarketPolicy, today: date) -> Iterator[tuple[Scope, Sequence[Rule], bool]]:
    for_all = [rule for rule in market.rules if rule.scope.is_everything]
    scoped = [rule for rule in market.rules if _may_hold(rule, for_all, today)]
    scoped.sort(key=lambda rule: (rule.priority, rule.scope.specificity), reverse=True)
    found: dict[tuple[int, Scope], list[Rule]] = {}
    for rule in scoped:
        found.setdefault((rule.priority, rule.scope), []).append(rule)
    named = {rule.track for rule in scoped}
    yield from ((scope, rules, False) for (_, scope), rules in found.items())
    if rest := [rule for rule in for_all if rule.track in named]:
        yield EVERYTHING, rest, True
    yield EVERYTHING, [rule for rule in for_all if rule.track not in named], False


def _may_hold(rule: Rule, for_all: Sequence[Rule], today: date) -> bool:
    scope = rule.scope
    if scope.is_everything or scope.groups or scope.channels:
        return False
    if scope.season is not None and scope.season.last < today:
        return False
    return all(other.priority <= rule.priority for other in for_all if other.track is rule.track)


def _group(
    country: str, scope: Scope, rules: Sequence[Rule], market: MarketPolicy, least: Promised, law: Law
) -> ScopedRights:
    alone = replace(market, rules=tuple(replace(rule, scope=EVERYTHING) for rule in rules))
    tracks = frozenset(rule.track for rule in rules)
    own = {track: resolve(alone, track, ANYTHING).rule for track in tracks}
    promised = replace(least, rules=MappingProxyType({**least.rules, **own}))
    return ScopedRights(scope, tracks, rights_by(promised, country, market, law))
