"""Batches of a hub: nothing lost, nothing twice, closed by weight or date and then final."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.errors import Invalid
from plugin.domain.returning.batch import BatchedParcel, BatchLimits, BatchState, Closing
from plugin.domain.returning.errors import BatchNotInThatState
from tests.build import NOW
from tests.support.returning import a_batch, a_parcel

LIMITS = BatchLimits(max_grams=2_000, max_days=7)
DAY = timedelta(days=1)
PARCELS = st.lists(
    st.builds(
        lambda key, grams, days: a_parcel(f"p{key}", grams=grams, received_at=NOW + days * DAY),
        st.integers(0, 5),
        st.none() | st.integers(1, 5_000),
        st.integers(0, 20),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("parcels", "days", "closing"),
    [
        ([], 100, None),
        ([a_parcel(grams=1_999)], 6, None),
        ([a_parcel(grams=2_000)], 0, Closing.WEIGHT),
        ([a_parcel("a", grams=1_500), a_parcel("b", grams=500)], 0, Closing.WEIGHT),
        ([a_parcel(grams=None)], 6, None),
        ([a_parcel(grams=None)], 7, Closing.DATE),
        ([a_parcel("a"), a_parcel("b", received_at=NOW + 6 * DAY)], 7, Closing.DATE),
    ],
)
def test_a_batch_closes_by_weight_or_by_the_day_of_its_first_parcel(
    parcels: list[BatchedParcel], days: int, closing: Closing | None
) -> None:
    assert a_batch(*parcels).closes_by(LIMITS, NOW + days * DAY) is closing


def test_without_limits_a_batch_waits_for_a_person() -> None:
    batch = a_batch(a_parcel(grams=90_000))
    assert batch.closes_by(BatchLimits(None, None), NOW + 3650 * DAY) is None
    assert batch.closed(Closing.PERSON, NOW).state is BatchState.CLOSED


@given(PARCELS)
def test_every_parcel_is_in_it_once_however_often_it_is_received(parcels: list[BatchedParcel]) -> None:
    batch = a_batch()
    for parcel in (*parcels, *parcels):
        batch = batch.with_parcel(parcel)
    assert sorted(parcel.key for parcel in batch.parcels) == sorted({parcel.key for parcel in parcels})
    assert batch.grams == sum(parcel.grams or 0 for parcel in batch.parcels)
    assert batch.is_weighed == all(parcel.grams for parcel in batch.parcels)


@given(PARCELS.filter(bool), st.integers(0, 40))
def test_a_batch_that_is_due_stays_due(parcels: list[BatchedParcel], days: int) -> None:
    batch = a_batch(*parcels)
    if batch.closes_by(LIMITS, NOW + days * DAY):
        assert batch.closes_by(LIMITS, NOW + (days + 1) * DAY)


def test_a_closed_batch_takes_nothing_more_and_goes_its_way_in_order() -> None:
    closed = a_batch(a_parcel()).closed(Closing.DATE, NOW)
    with pytest.raises(BatchNotInThatState):
        closed.with_parcel(a_parcel("late"))
    with pytest.raises(BatchNotInThatState):
        closed.received(NOW)
    sent = closed.dispatched("JJD0001", NOW + DAY)
    assert (sent.state, sent.tracking, sent.dispatched_at) == (BatchState.DISPATCHED, "JJD0001", NOW + DAY)
    assert sent.received(NOW + 2 * DAY).state is BatchState.RECEIVED
    with pytest.raises(BatchNotInThatState):
        sent.closed(Closing.PERSON, NOW)


def test_an_empty_batch_is_not_closed() -> None:
    with pytest.raises(BatchNotInThatState):
        a_batch().closed(Closing.PERSON, NOW)


@pytest.mark.parametrize(("grams", "days"), [(0, 7), (1_000, -1)])
def test_limits_are_at_least_one(grams: int, days: int) -> None:
    with pytest.raises(Invalid):
        BatchLimits(grams, days)
