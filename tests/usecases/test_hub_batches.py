"""Hubs: parcels collected once, batches closed by weight, date or hand, and what is in one stands where it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from plugin.domain.ids import ClaimId
from plugin.domain.returning.batch import BatchLimits, BatchState, Closing, HubBatch
from plugin.domain.returning.errors import BatchNotInThatState, UnknownReturnPlace
from plugin.domain.returning.settings import ReturnSettings
from plugin.usecases.close_batches import close_batch, close_batches, dispatch_batch, receive_batch
from plugin.usecases.receive_at_hub import HubReceipt, receive_at_hub
from tests.build import MERCHANT, NOW, a_stored_order
from tests.support.label_desk import LabelDesk
from tests.support.returning import CLAIM, HUB, LINES, NUMBER

DAY = timedelta(days=1)
RECEIPT = HubReceipt("p1", HUB.id, CLAIM, NUMBER, a_stored_order().id, LINES, 900)


@pytest.fixture
def desk() -> LabelDesk:
    desk = LabelDesk()
    with desk.units(MERCHANT) as unit:
        unit.return_desk.save(ReturnSettings(limits=BatchLimits(2_000, 7)), NOW)
        unit.commit()
    return desk


def receive(desk: LabelDesk, **facts: object) -> HubBatch:
    with desk.units(MERCHANT) as unit:
        receipt = replace(RECEIPT, **facts)  # type: ignore[arg-type]  # fields of it
        batch = receive_at_hub(receipt, unit=unit, ids=desk.ids, now=desk.now)
        unit.commit()
    return batch


def run(desk: LabelDesk, later: timedelta = timedelta()) -> int:
    desk.now += later
    return close_batches(merchant=MERCHANT, units=desk.units, now=desk.now)


def test_parcels_are_collected_into_one_open_batch(desk: LabelDesk) -> None:
    first = receive(desk)
    second = receive(desk, key="p2", claim=ClaimId("claim2"), grams=None)
    assert (second.id, second.number, [each.key for each in second.parcels]) == (first.id, 1, ["p1", "p2"])
    assert second.hub == HUB


def test_a_parcel_told_twice_is_there_once_even_after_its_batch_has_left(desk: LabelDesk) -> None:
    batch = receive(desk)
    assert receive(desk) == batch
    closed = close_batch(batch.id, merchant=MERCHANT, units=desk.units, now=NOW)
    assert receive(desk) == closed


def test_a_batch_closes_by_weight_and_the_next_parcel_opens_the_next(desk: LabelDesk) -> None:
    receive(desk)
    assert run(desk) == 0
    batch = receive(desk, key="p2", grams=1_100)
    assert run(desk) == 1
    assert run(desk) == 0
    with desk.units.read(MERCHANT) as unit:
        assert unit.hub_batches.get(batch.id).closing is Closing.WEIGHT
    assert receive(desk, key="p3").number == 2


def test_a_batch_closes_by_date(desk: LabelDesk) -> None:
    batch = receive(desk, grams=None)
    assert run(desk, 6 * DAY) == 0
    assert run(desk, DAY) == 1
    with desk.units.read(MERCHANT) as unit:
        assert unit.hub_batches.get(batch.id).closing is Closing.DATE


def test_what_is_in_a_batch_stands_where_it_stands(desk: LabelDesk) -> None:
    batch = receive(desk)
    close_batch(batch.id, merchant=MERCHANT, units=desk.units, now=NOW)
    dispatch_batch(batch.id, "JJD0001", merchant=MERCHANT, units=desk.units, now=NOW + DAY)
    receive_batch(batch.id, merchant=MERCHANT, units=desk.units, now=NOW + 2 * DAY)
    with desk.units.read(MERCHANT) as unit:
        (of_claim,) = unit.hub_batches.of_claim(CLAIM)
    assert (of_claim.state, of_claim.tracking) == (BatchState.RECEIVED, "JJD0001")
    with pytest.raises(BatchNotInThatState):
        receive_batch(batch.id, merchant=MERCHANT, units=desk.units, now=NOW)


@pytest.mark.parametrize("hub", ["home", "nowhere"])
def test_only_a_hub_of_the_policy_collects(desk: LabelDesk, hub: str) -> None:
    with pytest.raises(UnknownReturnPlace):
        receive(desk, hub=hub)
