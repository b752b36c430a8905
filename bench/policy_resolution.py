"""How long it takes to find the rules of one order line, in a market with 5 rules and with 500."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import median

from bench.result import Result, Size
from plugin.domain.money import Money
from plugin.domain.policy.resolve import resolve_all
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item, Scope, Season
from plugin.domain.policy.terms import Track, Window
from plugin.domain.policy.version import MarketPolicy

_TARGET_MS = 0.2
_GROWTH = 20.0
"""At most so many times longer with a hundred times the rules: what names an item is looked up, the rest is asked."""
_CALLS = {Size.TINY: 50, Size.QUICK: 20_000, Size.FULL: 100_000}
_FEW, _MANY = 5, 500
_PROMISED = (Track.RETURN, Track.EXCHANGE, Track.WARRANTY, Track.WITHDRAWAL)
_LINES = 50
_BEGIN = datetime(2026, 1, 1, tzinfo=UTC).date()


def policy_resolution(size: Size) -> Iterator[Result]:
    """All four tracks of one line, warm; the index of a market is built once for all its orders and told apart."""
    few, many = _market(_FEW), _market(_MANY)
    took = {rules: _median_ms(market, _CALLS[size]) for rules, market in ((_FEW, few), (_MANY, many))}
    name = "policy.resolve: one line, 4 tracks, 500 rules, median"
    yield Result(name, took[_MANY], "ms", target=_TARGET_MS, is_lower_better=True)
    grown = "policy.resolve: 500 rules beside 5"
    yield Result(grown, took[_MANY], "ms", took[_FEW], _GROWTH, is_lower_better=True)
    seasons = MarketPolicy("seasons", rules=tuple(_of_season(number) for number in range(_MANY)))
    worst = "policy.resolve: likewise, 500 rules of seasons and prices"
    yield Result(worst, _median_ms(seasons, _CALLS[size]), "ms", target=_TARGET_MS, is_lower_better=True)
    yield Result("policy.resolve: indexing 500 rules, once", _indexing_ms(), "ms")


def _median_ms(market: MarketPolicy, calls: int) -> float:
    items = [_item(number) for number in range(_LINES)]
    assert any(found.overruled for item in items for found in resolve_all(market, item).values())
    took = []
    for number in range(calls):
        item = items[number % _LINES]
        begun = time.perf_counter()
        resolve_all(market, item)
        took.append(time.perf_counter() - begun)
    return median(took) * 1e3


def _indexing_ms() -> float:
    took = []
    for _ in range(5):
        market = _market(_MANY)
        begun = time.perf_counter()
        resolve_all(market, _item(0))
        took.append(time.perf_counter() - begun)
    return median(took) * 1e3


def _market(rules: int) -> MarketPolicy:
    """One rule for everything, the others by product, SKU, category, tag, price or season in turn."""
    return MarketPolicy("bench", rules=tuple(_rule(number) for number in range(rules)))


def _rule(number: int) -> Rule:
    scope = _SCOPES[number % len(_SCOPES)](number) if number else Scope()
    return Rule(f"rule-{number}", _PROMISED[number // 7 % 4], scope, window=Window(14 + number % 60))


def _of_season(number: int) -> Rule:
    """A rule that nothing of an item can be looked up for: its price and its day have to be asked."""
    scope = Scope(price_from=Money(number * 10, "EUR"), season=_season(number)) if number else Scope()
    return Rule(f"rule-{number}", _PROMISED[number % 4], scope, window=Window(14 + number % 60))


def _season(number: int) -> Season:
    first = _BEGIN + timedelta(days=number % 300)
    return Season(first, first + timedelta(days=30))


_SCOPES = (
    lambda number: Scope(products=frozenset({f"product {number}", f"product {number + 1}"})),
    lambda number: Scope(categories=frozenset({f"Category {number % 40}"})),
    lambda number: Scope(tags=frozenset({f"tag {number % 60}"})),
    lambda number: Scope(skus=frozenset({f"SKU-{number}"})),
    lambda number: Scope(price_from=Money(100 * number, "EUR"), categories=frozenset({f"Category {number % 40}"})),
    lambda number: Scope(season=_season(number)),
    lambda number: Scope(collections=frozenset({f"Collection {number % 30}"}), season=_season(number)),
)


def _item(number: int) -> Item:
    """A line of a product with three categories, two collections and four tags."""
    plain = Item(product=f"product {number}", sku=f"SKU-{number}", price=Money(4_990, "EUR"), day=date(2026, 6, 1))
    return replace(
        plain,
        categories=frozenset(f"Category {(number + each) % 40}" for each in range(3)),
        collections=frozenset(f"Collection {(number + each) % 30}" for each in range(2)),
        tags=frozenset(f"tag {(number + each) % 60}" for each in range(4)),
    )
