"""A shop with many kinds of rules and fifty products, drawn from a seed and kept in a real installation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from flask.testing import FlaskClient

from plugin.app import build_app
from plugin.domain.clocks.engine import Law
from plugin.domain.money import Money
from plugin.domain.order import OrderLine, Platform
from plugin.domain.policy import MarketPolicy, PolicyVersion
from plugin.domain.policy.identity import Address, Trader
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item, Scope, Season
from plugin.domain.policy.terms import (
    Anchor,
    Condition,
    Counting,
    Fee,
    Payer,
    Payers,
    RefundMeans,
    RefundPromise,
    RefundStart,
    Track,
    Window,
    WindowUnit,
)
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import Disclosure
from plugin.domain.shop import Shop
from plugin.domain.shop_events import Product
from plugin.ports.unit_of_work import Units
from plugin.runtime import open_runtime
from plugin.settings import Settings
from plugin.usecases.compile_promises import compile_promises
from plugin.usecases.open_shop import open_shop
from tests.build import PLACED, a_line, a_product
from tests.support.promises import publish_policy

COUNTRIES = ("DE", "FR", "PL", "NO", "GB", "US", "JP", "BR", "IL", "AE")
LANGUAGES = ("de", "ar", "zh-Hans")
NUMBER = 50
CATEGORIES = ("shoes", "hats", "cheese", "books")
TAGS = ("sale", "engraved", "sealed", "used", "new")
_MARKETS = (("union", "DE FR PL"), ("north", "NO GB"), ("far", "US JP BR"))
TRADER = Trader("Drift GmbH", Address(("Drift GmbH", "Hafen 1", "24937 Flensburg"), "DE"), "hallo@drift.example")
_WINDOWS = (
    Window(30),
    Window(10),
    Window(None),
    Window(3, WindowUnit.MONTHS),
    Window(1, WindowUnit.MONTHS),
    Window(20, WindowUnit.DAYS, Counting.WORKING),
    Window(400),
)
_FEES = (*[None] * 6, Fee(1000), Fee(0, Money(500, "EUR")), Fee(550, Money(299, "EUR")))
_CLOCKS = ((Anchor.DELIVERED,), (Anchor.DELIVERED,), (Anchor.DELIVERED, Anchor.SHIPPED), (Anchor.ORDERED,))


@dataclass(frozen=True, eq=False)
class Sold:
    """A product or variation, what the rules are to see of it, and a line of an order for it."""

    product: Product
    item: Item
    line: OrderLine


@dataclass(frozen=True, eq=False)
class Store:
    """The installation as a visitor of its pages meets it, and what it was filled with."""

    client: FlaskClient
    shop: Shop
    policy: PolicyVersion
    goods: tuple[Sold, ...]
    law: Law
    units: Units


@contextmanager
def store(seed: int, home: Path) -> Iterator[Store]:
    """A shop whose policy is published, whose catalogue is read and whose promises are compiled."""
    settings = Settings.from_env({"AFTERCARE_HOME": str(home)})
    runtime = open_runtime(settings)
    try:
        runtime.migrate()
        deps, draw = runtime.deps, Random(seed)  # noqa: S311 - test data, not secrets
        now = deps.clock.now()
        shop = open_shop(
            "Drift",
            Platform.WOOCOMMERCE,
            None,
            directory=deps.directory,
            units=deps.units,
            ids=deps.ids,
            secrets=deps.secrets,
            now=now,
        )
        draft = replace(a_policy_of_many_kinds(draw), effective_from=now - timedelta(days=900))
        policy = publish_policy(draft, merchant=shop.merchant, units=deps.units, ids=deps.ids, now=now)
        goods = tuple(some_goods(draw))
        with deps.units(shop.merchant) as unit:
            unit.products.save(shop.id, [sold.product for sold in goods])
            unit.commit()
        assert compile_promises(merchant=shop.merchant, units=deps.units, now=now) == NUMBER
        yield Store(build_app(settings, deps).test_client(), shop, policy, goods, deps.law, deps.units)
    finally:
        runtime.close()


def a_policy_of_many_kinds(draw: Random) -> PolicyVersion:
    """Rules by category, tag, SKU, product, season, group and price, on every track; traits by tag and category."""
    markets = tuple(
        MarketPolicy(name, frozenset(countries.split()), tuple(_rules(draw)), _told(draw))
        for name, countries in _MARKETS
    )
    traits = (
        TraitRule("engraved", Trait.PERSONALISED, Scope(tags=frozenset({"engraved"})), is_confirmed=True),
        TraitRule("cheese", Trait.PERISHABLE, Scope(categories=frozenset({"Cheese"})), is_confirmed=True),
        TraitRule("sealed", Trait.SEALED_HYGIENE, Scope(tags=frozenset({"sealed"})), is_confirmed=True),
        TraitRule("used", Trait.SECOND_HAND, Scope(tags=frozenset({"used"})), is_confirmed=True, months=12),
        TraitRule("guess", Trait.NEWSPAPER, Scope(categories=frozenset({"books"}))),
        TraitRule("asked", Trait.PERSONALISED, Scope(skus=frozenset({"S7"})), frozenset({"Name"}), is_confirmed=True),
    )
    rest = MarketPolicy("rest", rules=tuple(_rules(draw)), trader=TRADER)
    return PolicyVersion("", PLACED, rest, markets, traits=traits)


def _rules(draw: Random) -> Iterator[Rule]:
    if draw.random() < 0.8:
        yield _rule("returns", Track.RETURN, Scope(), draw)
    if draw.random() < 0.7:
        payers = Payers(none=draw.choice((*[Payer.SHOP] * 4, Payer.SHOPPER, Payer.UNKNOWN)))
        yield Rule("withdrawal", Track.WITHDRAWAL, payers=payers)
    yield Rule("warranty", Track.WARRANTY, window=Window(draw.choice((12, 36, 60)), WindowUnit.MONTHS))
    for n, scope in enumerate(_scopes(draw)):
        track = draw.choice((Track.RETURN, Track.RETURN, Track.EXCHANGE, Track.WARRANTY))
        yield _rule(f"r{n}", track, scope, draw)


def _scopes(draw: Random) -> Iterator[Scope]:
    season = Season(date(2026, 11, 1), date(2099, 12, 31))  # never over: the page speaks of no season that is
    yield Scope(categories=frozenset(draw.sample(CATEGORIES, 2)))
    yield Scope(tags=frozenset({draw.choice(TAGS)}))
    yield Scope(skus=frozenset({f"S{draw.randrange(NUMBER)}" for _ in range(5)}))
    yield Scope(products=frozenset({f"p{draw.randrange(NUMBER):02}" for _ in range(5)}))
    yield draw.choice((Scope(season=season), Scope(groups=frozenset({"club"})), Scope(price_from=Money(5000, "EUR"))))
    yield Scope(categories=frozenset({draw.choice(CATEGORIES)}), season=season)
    yield Scope(tags=frozenset({draw.choice(TAGS)}), price_below=Money(3000, "EUR"))


def _rule(name: str, track: Track, scope: Scope, draw: Random) -> Rule:
    is_final = track is Track.RETURN and not scope.is_everything and draw.random() < 0.2
    return Rule(
        name,
        track,
        scope,
        priority=draw.choice((0, 0, 5)),
        window=draw.choice(_WINDOWS),
        clock=draw.choice(_CLOCKS),
        payers=Payers(none=draw.choice((*[Payer.SHOP] * 8, Payer.SHOPPER, Payer.UNKNOWN))),
        fee=draw.choice(_FEES) if track is Track.RETURN else None,
        conditions=tuple(draw.sample(list(Condition), draw.randrange(3))),
        is_final_sale=is_final,
        refund=RefundPromise(draw.randrange(1, 21), draw.choice(list(RefundStart)), draw.choice(list(RefundMeans))),
    )


def _told(draw: Random) -> Disclosure:
    return Disclosure(is_told_return_cost=draw.choice((True, False, None)))


def some_goods(draw: Random) -> Iterator[Sold]:
    """Fifty products, every tenth a variation of the one before it."""
    before: Sold | None = None
    for n in range(NUMBER):
        own = _sold(n, draw, before.product if before and n % 10 == 1 else None)
        yield own
        before = own


def _sold(n: int, draw: Random, parent: Product | None) -> Sold:
    categories = tuple(draw.sample(CATEGORIES, draw.randrange(3))) if parent is None else ()
    tags = tuple(draw.sample(TAGS, draw.randrange(3))) if parent is None else ()
    product = a_product(
        f"p{n:02}", sku=f"S{n}", parent_id=parent and parent.external_id, categories=categories, tags=tags
    )
    base = parent or product
    item = Item(
        product=base.external_id,
        sku=None if n % 10 == 0 else product.sku,
        categories=frozenset(base.categories),
        collections=frozenset(),
        tags=frozenset(base.tags),
    )
    line = a_line(
        product_id=base.external_id,
        variant_id=product.external_id if parent else None,
        sku=product.sku,
        categories=base.categories,
        tags=base.tags,
    )
    return Sold(product, item, line)
