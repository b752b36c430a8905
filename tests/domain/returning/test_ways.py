"""Ways back: by country and weight, the same for all lines of a parcel, and never none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.ids import LineId
from plugin.domain.policy.identity import Address, ReturnAddress
from plugin.domain.policy.rule import Rule
from plugin.domain.policy.terms import MethodKind, ReturnMethod, Track
from plugin.domain.returning.errors import UnreadablePoints
from plugin.domain.returning.points import DropOffPoint, nearest, read_points
from plugin.domain.returning.ways import OWN_CARRIER, ParcelBack, WayBack, parcels_back, usual_way, ways_back
from tests.build import a_policy

COUNTRIES = st.sampled_from(["DE", "FR", "CH", "US"])
METHODS = st.builds(
    ReturnMethod,
    st.sampled_from(MethodKind),
    st.frozensets(COUNTRIES, max_size=3),
    st.none() | st.integers(1, 40_000),
)
RULES = st.lists(
    st.builds(lambda methods: Rule("r", Track.RETURN, methods=tuple(methods)), st.lists(METHODS, max_size=5)),
    min_size=1,
    max_size=3,
)


def a_rule(*methods: ReturnMethod, to: str | None = None) -> Rule:
    return Rule("r", Track.RETURN, methods=methods, return_to=to)


LABEL = ReturnMethod(MethodKind.LABEL, frozenset({"DE", "AT"}), 5_000)
HEAVY = ReturnMethod(MethodKind.PICKUP, frozenset({"DE"}), 31_000)
ANYWHERE = ReturnMethod(MethodKind.DROP_OFF)


@pytest.mark.parametrize(
    ("country", "grams", "kinds"),
    [
        ("DE", 800, ["label", "pickup", "drop_off"]),
        ("DE", 5_000, ["label", "pickup", "drop_off"]),
        ("DE", 5_001, ["pickup", "drop_off"]),
        ("AT", 800, ["label", "drop_off"]),
        ("FR", 800, ["drop_off"]),
        (None, 800, ["drop_off"]),
    ],
)
def test_a_way_is_offered_by_country_and_weight(country: str | None, grams: int, kinds: list[str]) -> None:
    ways = ways_back([a_rule(LABEL, HEAVY, ANYWHERE)], country, grams)
    assert [way.kind.value for way in ways] == kinds


def test_without_a_weight_the_limit_is_told() -> None:
    ways = ways_back([a_rule(LABEL, ANYWHERE)], "DE", None)
    assert ways == (WayBack(MethodKind.LABEL, 5_000), WayBack(MethodKind.DROP_OFF))


def test_where_nothing_fits_the_shopper_sends_by_a_carrier_of_their_own() -> None:
    assert ways_back([a_rule(LABEL)], "US", 800) == (OWN_CARRIER,)
    assert ways_back([], "US", 800) == (OWN_CARRIER,)


@given(RULES, st.none() | COUNTRIES, st.integers(1, 50_000))
def test_there_is_always_a_way_and_every_rule_offers_it(rules: list[Rule], country: str | None, grams: int) -> None:
    ways = ways_back(rules, country, grams)
    assert ways
    for way in ways:
        assert way == OWN_CARRIER or all(
            any(m.kind is way.kind and (not m.countries or country in m.countries)
                and (m.max_grams is None or grams <= m.max_grams) for m in rule.methods)
            for rule in rules
        )  # fmt: skip


@given(RULES, COUNTRIES, st.integers(1, 40_000), st.integers(0, 10_000))
def test_a_heavier_parcel_never_gets_a_way_that_a_lighter_one_does_not(
    rules: list[Rule], country: str, grams: int, more: int
) -> None:
    light = {way.kind for way in ways_back(rules, country, grams)} | {MethodKind.OWN_CARRIER}
    assert {way.kind for way in ways_back(rules, country, grams + more)} <= light


@given(RULES, COUNTRIES, st.integers(1, 50_000))
def test_an_unknown_weight_takes_no_way_away(rules: list[Rule], country: str, grams: int) -> None:
    unknown = {way.kind: way.max_grams for way in ways_back(rules, country, None)}
    for way in ways_back(rules, country, grams):
        limit = unknown.get(way.kind, 0) if way != OWN_CARRIER else None
        assert limit is None or grams <= limit


HOME = ReturnAddress("home", "Nordkap", Address(("Hafen 1", "24937 Flensburg"), "DE"))
HUB = ReturnAddress("hub", "Alpenlager", Address(("Gasse 2", "6900 Bregenz"), "AT"), is_hub=True)


def test_lines_go_together_where_their_rules_name_one_address() -> None:
    policy = a_policy(return_addresses=(HOME, HUB))
    lines = {LineId("1"): a_rule(to="home"), LineId("2"): a_rule(to="hub"), LineId("3"): a_rule(to="home")}
    assert parcels_back(lines, policy) == (
        ParcelBack(HOME, (LineId("1"), LineId("3"))),
        ParcelBack(HUB, (LineId("2"),)),
    )


def test_a_line_whose_rule_names_no_address_goes_with_the_others() -> None:
    policy = a_policy(return_addresses=(HOME, HUB))
    lines = {LineId("1"): a_rule(to="hub"), LineId("2"): None}
    assert parcels_back(lines, policy) == (ParcelBack(HUB, (LineId("1"), LineId("2"))),)


def test_where_nobody_named_an_address_none_is_made_up() -> None:
    lines = {LineId("1"): a_rule()}
    assert parcels_back(lines, a_policy(return_addresses=(HOME, HUB))) == (ParcelBack(None, (LineId("1"),)),)
    assert parcels_back(lines, a_policy(return_addresses=(HOME,))) == (ParcelBack(HOME, (LineId("1"),)),)
    assert parcels_back(lines, None) == (ParcelBack(None, (LineId("1"),)),)


POINTS = """name;street;postcode;city;country;carrier;hours
Kiosk Sonne;Torstraße 9;10119;Berlin;de;DHL;8-20
Späti;Karl-Marx-Str. 3;12043;Berlin;DE;;
Elbe Shop;Hafen 2;20457;Hamburg;DE;Hermes;
Rue Mode;Rue 1;10119;Paris;FR;;
"""


def test_the_nearest_points_are_those_of_the_same_district() -> None:
    found = nearest(read_points(POINTS), "DE", "101 17", 2)
    assert [point.name for point in found] == ["Kiosk Sonne", "Späti"]
    assert found[0] == DropOffPoint("Kiosk Sonne", "Torstraße 9", "10119", "Berlin", "DE", "DHL", "8-20")


def test_points_of_another_country_are_never_near() -> None:
    assert nearest(read_points(POINTS), "CH", "1011", 5) == []
    assert [point.name for point in nearest(read_points(POINTS), "FR", None, 5)] == ["Rue Mode"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("name,street\n", 1),
        (POINTS.replace("20457", ""), 4),
        (POINTS.replace(";FR;", ";France;"), 5),
        (POINTS.replace("Späti", "x" * 131_073), 3),
        ("x" * 131_073, 1),
    ],
)
def test_a_list_that_cannot_be_read_says_where(text: str, line: int) -> None:
    with pytest.raises(UnreadablePoints) as refused:
        read_points(text)
    assert refused.value.facts["line"] == line


def test_a_list_with_commas_and_a_mark_of_its_encoding_is_read_too() -> None:
    text = '\ufeffcity,country,name,street,postcode\nBerlin,DE,Kiosk,"Torstr. 9, Hof",10119\n'
    assert read_points(text)[0].street == "Torstr. 9, Hof"
    assert replace(read_points(text)[0], street="").carrier is None


@pytest.mark.parametrize("line_end", ["\r", "\r\n"])
def test_lines_end_as_on_any_system(line_end: str) -> None:
    assert read_points(POINTS.replace("\n", line_end)) == read_points(POINTS)


def test_a_postcode_of_any_length_is_near_to_something() -> None:
    assert len(nearest(read_points(POINTS), "DE", "1" * 5_000, 5)) == 3


def test_a_way_that_is_paid_ahead_is_usual_only_where_the_shop_pays() -> None:
    ways = (WayBack(MethodKind.LABEL), WayBack(MethodKind.DROP_OFF))
    assert usual_way(ways, is_paid=True) is MethodKind.LABEL
    assert usual_way(ways, is_paid=False) is MethodKind.DROP_OFF
    assert usual_way(ways[:1], is_paid=False) is MethodKind.OWN_CARRIER
