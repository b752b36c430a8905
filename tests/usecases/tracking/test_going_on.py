"""A parcel whose story is not opened becomes what it would with its story opened, whatever an answer tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.order import DeliveryStatus
from plugin.domain.times import Source
from plugin.domain.tracking.kept_reports import KeptReports, gist_of
from plugin.domain.tracking.report import Leg, Report
from plugin.domain.tracking.shipment import Shipment
from plugin.domain.tracking.steps import SAID_OF_LEG, in_order
from plugin.ports.carrier import Told
from plugin.usecases.tracking.merge_told import merge_told
from tests.build import NOW, PLACED
from tests.support.shipments import NUMBER, a_report, a_shipment

_S = DeliveryStatus
FIRST = PLACED + timedelta(days=1)
HEARD = FIRST + timedelta(days=20)


@dataclass
class OnRecord:
    """Reports on record in memory; `is_opened`: somebody read them."""

    reports: tuple[Report, ...]
    is_opened: bool = False

    def opened(self) -> tuple[Report, ...]:
        self.is_opened = True
        return self.reports

    def marks(self, first: Sequence[Report], further: Sequence[Report]) -> tuple[bytes, bytes]:
        return _mark(first), _mark([*first, *further])


def _mark(reports: Sequence[Report]) -> bytes:
    return blake2b(repr([SAID_OF_LEG(each) for each in reports]).encode()).digest()


def closed(shipment: Shipment) -> tuple[Shipment, OnRecord]:
    """The parcel as it is read from a database."""
    record = OnRecord(tuple(shipment.reports))
    gist = gist_of(record.reports, record.marks)
    return (replace(shipment, reports=KeptReports(gist, record)) if gist else shipment), record


def heard(*reports: Report, later: int = 0) -> Told:
    at = HEARD + timedelta(hours=later)
    return Told(NUMBER, is_known=True, reports=tuple(replace(each, heard_at=at) for each in reports))


MINUTES = st.integers(0, 12).map(lambda step: FIRST + timedelta(seconds=40 * step))
REPORTS = st.builds(
    a_report,
    status=st.sampled_from(_S),
    said_at=st.one_of(
        MINUTES,
        MINUTES,
        MINUTES.map(lambda at: at.astimezone(timezone(timedelta(hours=2)))),
        MINUTES.map(lambda at: at.replace(tzinfo=None)),
    ),
    source=st.sampled_from([Source.CARRIER] * 6 + [Source.PLATFORM, Source.MERCHANT, Source.ESTIMATE]),
    leg=st.sampled_from([Leg.LAST_MILE] * 6 + [Leg.ORIGIN]),
    id=st.sampled_from([None] * 5 + ["1"]),
    message=st.sampled_from(["Scanned", "Sorted"]),
)
SCANS = st.lists(
    st.builds(
        a_report,
        status=st.sampled_from(_S),
        said_at=st.integers(0, 40).map(lambda hours: FIRST + timedelta(hours=hours)),
        message=st.sampled_from(["Scanned", "Sorted"]),
    ),
    max_size=9,
    unique_by=lambda each: each.said_at,
).map(lambda scans: sorted(scans, key=lambda each: each.said_at))


def is_the_same_closed(answers: Sequence[Told]) -> None:
    """Whether a parcel that is closed before each answer becomes what one that stays open does."""
    closing = opened = a_shipment()
    for answer in answers:
        known, _ = closed(closing)
        one, other = merge_told(known, answer, NOW), merge_told(opened, answer, NOW)
        assert one.shipment == other.shipment
        assert tuple(one.shipment.reports) == tuple(other.shipment.reports)
        assert in_order(one.reports) == in_order(other.reports)
        assert (one.shipment is known) == (other.shipment is opened)
        closing, opened = one.shipment, other.shipment
        if isinstance(closing.reports, KeptReports):
            assert closing.reports.gist == gist_of(opened.reports, OnRecord(()).marks)


@given(st.lists(REPORTS, max_size=6), st.lists(REPORTS, max_size=6), st.sampled_from([0, 6]), st.integers(-1, 1))
def test_whatever_an_answer_tells_it_makes_the_same_parcel(
    first: list[Report], second: list[Report], repeated: int, later: int
) -> None:
    again = [*first[:repeated], *second]
    is_the_same_closed([heard(*first), heard(*again, later=later), heard(*again, later=later)])


@given(SCANS, st.integers(0, 9), st.integers(0, 9))
def test_a_story_that_is_told_on_makes_the_same_parcel(scans: list[Report], one: int, two: int) -> None:
    cuts = (*sorted((one, two)), len(scans))
    is_the_same_closed([heard(*scans[:cut], later=number) for number, cut in enumerate(cuts)])


WAY = (
    a_report(_S.IN_TRANSIT, FIRST, message="Sorted"),
    a_report(_S.CUSTOMS, FIRST + timedelta(hours=9), message="Released"),
    a_report(_S.DELIVERED, FIRST + timedelta(days=2)),
)


def known(*reports: Report) -> tuple[Shipment, OnRecord]:
    return closed(merge_told(a_shipment(), heard(*reports), NOW).shipment)


@pytest.mark.parametrize("answer", [WAY[:2], WAY, (WAY[2], WAY[1], WAY[0]), ()])
def test_what_is_repeated_or_came_after_it_needs_no_opening(answer: tuple[Report, ...]) -> None:
    shipment, record = known(*WAY[:2])
    merge_told(shipment, heard(*answer, later=1), NOW)
    assert not record.is_opened


LATER = FIRST + timedelta(days=3)


@pytest.mark.parametrize(
    "answer",
    [
        WAY[1:],
        (replace(WAY[0], leg=Leg.ORIGIN), WAY[1]),
        (replace(WAY[0], message="Sorted again"), WAY[1]),
        (*WAY[:2], replace(WAY[2], said_at=FIRST + timedelta(hours=1))),
        (*WAY[:2], replace(WAY[2], said_at=WAY[1].said_at + timedelta(seconds=1))),
        (*WAY[:2], replace(WAY[2], said_at=LATER.replace(tzinfo=None))),
        (*WAY[:2], replace(WAY[2], id="1")),
        (*WAY[:2], a_report(_S.RETURNING, LATER)),
        (*WAY[:2], replace(WAY[2], leg=Leg.ORIGIN)),
    ],
)
def test_anything_else_opens_it(answer: tuple[Report, ...]) -> None:
    shipment, record = known(*WAY[:2])
    merge_told(shipment, heard(*answer, later=1), NOW)
    assert record.is_opened


def test_what_was_heard_earlier_opens_it() -> None:
    shipment, record = known(*WAY[:2])
    merge_told(shipment, heard(*WAY[:2], later=-1), NOW)
    assert record.is_opened


def test_instants_of_a_gist_are_utc() -> None:
    local = replace(WAY[0], said_at=FIRST.astimezone(timezone(timedelta(hours=2))))
    shipment, _ = known(local)
    assert isinstance(shipment.reports, KeptReports)
    until = shipment.reports.gist.happened_until
    assert isinstance(until, datetime)
    assert until.tzinfo is UTC
