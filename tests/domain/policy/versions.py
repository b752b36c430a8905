"""Whole policy versions to draw for properties: few names, so that two of them often speak of the same things."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from plugin.domain.policy.identity import Address, Channel, ChannelKind, OpenHours, ReturnAddress, Support, Trader
from plugin.domain.policy.reasons import Reason
from plugin.domain.policy.repair import RepairInformation
from plugin.domain.policy.rule import Coverage
from plugin.domain.policy.terms import Evidence, EvidenceRule, Fault, MethodKind, RefundPromise, ReturnMethod, Track
from plugin.domain.policy.traits import Trait, TraitRule
from plugin.domain.policy.version import Disclosure, InformedBy, MarketPolicy, PolicyVersion
from tests.build import PLACED
from tests.domain.policy.rules import rules as some_rules

IDS = ["a", "b", "c.d"]
ids = st.sampled_from(IDS)
words = st.dictionaries(st.sampled_from(["de", "en", "zh-Hans"]), st.sampled_from(["Ja.", "Nein."]), max_size=2)
lines = st.lists(st.sampled_from(["Kaistr. 1", "24103 Kiel"]), min_size=1, max_size=2).map(tuple)
addresses = st.builds(Address, lines, st.sampled_from(["DE", "FR"]))
traders = st.builds(
    Trader,
    st.sampled_from(["Nordkap GmbH", "Südkap SARL"]),
    addresses,
    st.sampled_from(["hallo@nordkap.example", "bonjour@sudkap.example"]),
    st.none() | st.just("+49 431 12345"),
)
hours = st.builds(OpenHours, st.frozensets(st.integers(0, 6)), st.just(540), st.just(1020))
support = st.builds(
    Support,
    st.lists(st.builds(Channel, st.sampled_from(ChannelKind), st.just("x")), max_size=2).map(tuple),
    st.sampled_from(["Europe/Berlin", "Europe/Paris"]),
    st.lists(hours, max_size=1).map(tuple),
    st.none() | st.integers(1, 48),
)
disclosures = st.builds(
    Disclosure,
    st.none() | st.booleans(),
    st.none() | st.sampled_from([date(2026, 1, 1), date(2026, 2, 1)]),
    st.frozensets(st.sampled_from(InformedBy)),
    st.none() | st.booleans(),
)
rules = st.builds(
    lambda rule, name, track, more: replace(rule, id=name, track=track, **more),
    some_rules,
    ids,
    st.sampled_from(Track),
    st.fixed_dictionaries(
        {},
        optional={
            "methods": st.lists(st.builds(ReturnMethod, st.sampled_from(MethodKind)), max_size=2).map(tuple),
            "return_to": st.none() | ids,
            "refund": st.none() | st.builds(RefundPromise, st.integers(0, 30)),
            "evidence": st.just((EvidenceRule("defective", (Evidence.PHOTO,)),)),
            "report_damage_within_hours": st.integers(1, 48),
            "coverage": st.builds(Coverage, words, words, words, words),
            "note": words,
        },
    ),
)
traits = st.builds(TraitRule, ids, st.sampled_from(Trait), is_confirmed=st.booleans(), months=st.none() | st.just(12))
reasons = st.builds(Reason, ids, st.none() | ids, st.none() | st.sampled_from(Fault), words, st.booleans())
places = st.builds(ReturnAddress, ids, st.sampled_from(["Lager", "Hub"]), addresses, st.booleans())
repairs = st.builds(RepairInformation, ids, parts_years=st.none() | st.just(7), service=st.none() | words)


def named(entries: st.SearchStrategy[object], by: str) -> st.SearchStrategy[tuple[object, ...]]:
    """Give lists of entries in which no name stands twice."""
    return st.lists(entries, max_size=3, unique_by=lambda entry: getattr(entry, by)).map(tuple)


markets = st.builds(
    MarketPolicy,
    st.sampled_from(["EU", "UK", "Alps"]),
    st.frozensets(st.sampled_from(["DE", "FR", "GB", "CH"]), max_size=2),
    named(rules, "id"),
    disclosures,
    st.none() | traders,
    st.none() | support,
    st.lists(words, max_size=2).map(tuple),
    st.none() | st.sampled_from(["de", "pt-BR", "zh-Hant"]),
)
versions = st.builds(
    PolicyVersion,
    st.sampled_from(["v1", "v2"]),
    st.just(PLACED),
    markets,
    named(markets, "market"),
    st.none() | st.sampled_from(["DE", "FR"]),
    named(traits, "id"),
    named(reasons, "id"),
    named(places, "id"),
    repairs=named(repairs, "id"),
)
"""Versions that need not make sense: what differs does not depend on that."""
