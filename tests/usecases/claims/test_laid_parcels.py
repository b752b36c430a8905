"""A parcel is said of one return, or in parts of several, and no unit of it twice."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.claim.share import Share, shared
from plugin.domain.claim.wanted_return import Phase, WantedLine
from plugin.domain.ids import LineId
from plugin.domain.order import FulfilledLine, PlatformReturn
from plugin.ports.platform_returns import Travel, Units
from plugin.usecases.claim.laid_parcels import laid_parcels
from plugin.usecases.claim.return_ask import Parcel

A, B = LineId("1"), LineId("2")


def shares(*held: dict[LineId, int], phase: Phase = Phase.COMING) -> tuple[Share, ...]:
    """A claim whose goods are in returns that hold so many units."""
    returns = [
        PlatformReturn(str(number), "open", tuple(FulfilledLine(line, count) for line, count in units.items()))
        for number, units in enumerate(held)
    ]
    lines = [WantedLine(1, line, count, phase) for units in held for line, count in units.items()]
    return shared(lines, returns)[0]


def parcel(number: str, **units: int) -> Parcel:
    return Parcel(tuple(Units({"a": A, "b": B}[line], count) for line, count in units.items()), Travel(number))


def test_units_in_two_returns_are_said_of_each_and_one_that_both_hold_of_one() -> None:
    there = shares({A: 1}, {A: 1})
    assert laid_parcels([parcel("RR1", a=2)], there) == {"0": (parcel("RR1", a=1),), "1": (parcel("RR1", a=1),)}
    assert laid_parcels([parcel("RR1", a=1)], there) == {"0": (parcel("RR1", a=1),)}
    two = laid_parcels([parcel("RR1", a=1), parcel("RR2", a=1)], there)
    assert sorted(each.travel.number or "" for (each,) in two.values()) == ["RR1", "RR2"]


def test_a_parcel_stays_in_one_return_that_has_room_for_it() -> None:
    assert laid_parcels([parcel("RR1", a=1, b=1)], shares({A: 1}, {A: 1, B: 1})) == {"1": (parcel("RR1", a=1, b=1),)}


def test_what_does_not_come_back_is_in_no_parcel() -> None:
    assert laid_parcels([parcel("RR1", a=1)], shares({A: 1}, phase=Phase.GONE)) == {}


counts = st.dictionaries(st.sampled_from([A, B]), st.integers(1, 3), min_size=1)


@given(st.lists(counts, min_size=1, max_size=3), st.lists(counts, max_size=4))
def test_no_return_is_told_of_more_than_comes_back_in_it(
    held: list[dict[LineId, int]], sent: list[dict[LineId, int]]
) -> None:
    there = shares(*held)
    parcels = [
        Parcel(tuple(Units(line, count) for line, count in each.items()), Travel(f"RR{number}"))
        for number, each in enumerate(sent)
    ]
    said = Counter[str]()
    for share in there:
        units = Counter[LineId]()
        for each in laid_parcels(parcels, there).get(share.kept.id, ()):
            units.update({unit.line: unit.quantity for unit in each.units})
            said[each.travel.number or ""] += sum(unit.quantity for unit in each.units)
        assert units <= share.units()
    assert all(said[f"RR{number}"] in {0, sum(each.values())} for number, each in enumerate(sent)), "whole or not"
