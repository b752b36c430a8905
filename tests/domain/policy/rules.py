"""Rules, items and markets to draw for properties."""

from datetime import date

from hypothesis import strategies as st

from plugin.domain.money import Money
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.scope import Item, Scope, Season
from plugin.domain.policy.terms import Anchor, Condition, Counting, Fee, Offer, Payer, Payers, Track, Window, WindowUnit
from plugin.domain.policy.version import MarketPolicy
from plugin.domain.remedy import Remedy

DAYS = [date(2026, month, 1) for month in range(1, 13)]
NAMES = ["a", "B", "c"]

some_names = st.frozensets(st.sampled_from(NAMES), max_size=2)
payers = st.builds(Payers, *[st.sampled_from(Payer)] * 4)
money = st.builds(Money, st.integers(0, 20_000), st.sampled_from(["EUR", "CHF"]))
seasons = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(lambda days: Season(min(days), max(days)))
windows = st.builds(Window, st.none() | st.integers(1, 400), st.sampled_from(WindowUnit), st.sampled_from(Counting))
scopes = st.builds(
    Scope,
    products=some_names,
    skus=some_names,
    categories=some_names,
    collections=some_names,
    tags=some_names,
    groups=some_names,
    channels=some_names,
    price_from=st.none() | money,
    price_below=st.none() | money,
    season=st.none() | seasons,
)
rules = st.builds(
    Rule,
    id=st.from_regex(r"[a-z]{1,6}", fullmatch=True),
    track=st.just(Track.RETURN),
    scope=st.just(Scope()) | scopes,
    priority=st.integers(-2, 2),
    window=st.none() | windows,
    clock=st.lists(st.sampled_from(Anchor), min_size=1, max_size=3, unique=True).map(tuple),
    payers=payers,
    fee=st.none() | st.builds(Fee, st.integers(0, 5_000), st.none() | money),
    offers=st.lists(st.builds(Offer, st.sampled_from(Remedy)), max_size=3).map(tuple),
    conditions=st.lists(st.sampled_from(Condition), max_size=2, unique=True).map(tuple),
    is_final_sale=st.booleans(),
)
markets = st.lists(rules, max_size=8, unique_by=lambda rule: rule.id).map(
    lambda drawn: MarketPolicy("drawn", rules=tuple(drawn))
)
whole_items = st.builds(
    Item,
    product=st.sampled_from(NAMES),
    sku=st.sampled_from(NAMES),
    categories=some_names,
    collections=some_names,
    tags=some_names,
    groups=some_names,
    channel=st.sampled_from(NAMES),
    price=money,
    day=st.sampled_from(DAYS),
)
"""Items of which everything is known."""
fields_of_items = st.frozensets(st.sampled_from(list(Item.__dataclass_fields__)))
