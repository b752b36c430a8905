"""Which units of a claim are in which return: laid out once each, and never more than there are."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.claim.share import shared, units_of
from plugin.domain.claim.wanted_return import Phase, WantedLine
from plugin.domain.ids import LineId
from plugin.domain.money import Money
from plugin.domain.order import FulfilledLine, PlatformReturn
from plugin.domain.returning.outcome import Outcome

LINES = [LineId("1"), LineId("2")]


def a_return(number: int, units: dict[LineId, int]) -> PlatformReturn:
    return PlatformReturn(str(number), "open", tuple(FulfilledLine(line, count) for line, count in units.items()))


returns = st.lists(st.dictionaries(st.sampled_from(LINES), st.integers(1, 3)), max_size=3).map(
    lambda given: [a_return(number, units) for number, units in enumerate(given)]
)
wanted = st.lists(
    st.builds(WantedLine, st.integers(1, 9), st.sampled_from(LINES), st.integers(1, 3), st.sampled_from(Phase)),
    max_size=4,
)


@given(wanted, returns)
def test_every_unit_is_laid_out_once_or_left_and_none_twice(
    lines: list[WantedLine], known: list[PlatformReturn]
) -> None:
    shares, rest = shared(lines, known)
    laid = sum((share.units() for share in shares), Counter[LineId]())
    asked = Counter[LineId]()
    for line in lines:
        asked[line.line] += line.quantity
    there = sum(map(units_of, known), Counter[LineId]())
    assert all(share.units() <= units_of(share.kept) for share in shares)
    assert laid == asked & there
    assert all(line.phase is not Phase.GONE for line in rest), "what nobody sends back is not asked for"


def test_what_was_taken_out_does_not_stay_and_what_ended_is_counted() -> None:
    kept = a_return(1, {LINES[0]: 3})
    here = WantedLine(1, LINES[0], 1, Phase.HERE, Outcome.MISSING)
    undecided = WantedLine(2, LINES[0], 1, Phase.HERE)
    gone = WantedLine(3, LINES[0], 1, Phase.GONE)
    ((share,), rest) = shared([here, undecided, gone], [kept])
    assert (share.is_whole, share.is_all_gone, rest) == (True, False, ())
    assert share.stays == {LINES[0]: 2}
    assert share.outcomes() == {(LINES[0], Outcome.MISSING): 1}
    assert (share.ended(is_over=False), share.ended(is_over=True)) == ({LINES[0]: 1}, {LINES[0]: 2})


@given(st.integers(1, 9), st.integers(0, 5000), st.lists(st.integers(0, 4), min_size=1, max_size=3))
def test_a_fee_goes_with_its_units_and_no_cent_of_it_twice(quantity: int, fee: int, held: list[int]) -> None:
    line = WantedLine(1, LINES[0], quantity, Phase.COMING, fee=Money(fee, "EUR"))
    shares, rest = shared([line], [a_return(number, {LINES[0]: count}) for number, count in enumerate(held) if count])
    parts = [part for share in shares for part in share.lines] + list(rest)
    assert sum(part.fee.minor for part in parts if part.fee) == fee
    assert all(part.fee and abs(part.fee.minor - fee * part.quantity / quantity) < 1 for part in parts)
