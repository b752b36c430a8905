"""Batches of hubs on record, on both databases and in memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import BatchId, ClaimId, OrderId
from plugin.domain.returning.batch import BatchState, Closing, HubBatch
from plugin.domain.returning.errors import UnknownBatch
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from tests.build import MERCHANT, NOW, a_stored_order
from tests.support.returning import CLAIM, HOME, a_batch, a_parcel

DAY = timedelta(days=1)
NEXT = BatchId("batch2")


@pytest.fixture(autouse=True)
def order(request: pytest.FixtureRequest) -> None:
    units = request.getfixturevalue("storage").units if "storage" in request.fixturenames else None
    units = units or request.getfixturevalue("units")
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.commit()


def saved(units: Units, batch: HubBatch) -> None:
    with units(MERCHANT) as unit:
        unit.hub_batches.save(batch)
        unit.commit()


def got(units: Units, batch: str = "batch1") -> HubBatch:
    with units.read(MERCHANT) as unit:
        return unit.hub_batches.get(BatchId(batch))


def test_a_batch_is_read_with_its_parcels_in_the_order_they_came(units: Units) -> None:
    saved(units, a_batch(a_parcel("z")))
    saved(units, got(units).with_parcel(a_parcel("a", grams=None)))
    assert got(units) == a_batch(a_parcel("z"), a_parcel("a", grams=None), version=2)
    with units.read(MERCHANT) as unit:
        assert unit.hub_batches.holding("a") == got(units)
        assert unit.hub_batches.holding("b") is None
        assert unit.hub_batches.of_claim(CLAIM) == [got(units)]
        assert unit.hub_batches.of_claim(ClaimId("other")) == []
        with pytest.raises(UnknownBatch):
            unit.hub_batches.get(NEXT)


def test_a_hub_has_one_open_batch_and_numbers_them(units: Units) -> None:
    saved(units, a_batch(a_parcel()))
    with pytest.raises(Conflict):
        saved(units, a_batch(id=NEXT, number=2))
    saved(units, got(units).closed(Closing.DATE, NOW))
    with pytest.raises(Conflict):
        saved(units, a_batch(id=NEXT))
    saved(units, a_batch(id=NEXT, number=2, opened_at=NOW + DAY))
    saved(units, a_batch(id=BatchId("other"), hub=HOME, opened_at=NOW + 2 * DAY))
    with units.read(MERCHANT) as unit:
        assert [batch.id for batch in unit.hub_batches.open()] == ["batch2", "other"]
        assert [batch.id for batch in unit.hub_batches.latest(2)] == ["other", "batch2"]
        assert unit.hub_batches.last_number("hub") == 2
        assert unit.hub_batches.last_number("nowhere") == 0
        opened = unit.hub_batches.open_at("hub")
        assert opened is not None
        assert opened.id == "batch2"
        assert unit.hub_batches.open_at("nowhere") is None


def test_a_parcel_is_in_one_batch(units: Units) -> None:
    saved(units, a_batch(a_parcel()))
    with pytest.raises(Conflict):
        saved(units, a_batch(a_parcel(), id=NEXT, hub=HOME))
    with pytest.raises(NotFound):
        saved(units, got(units).with_parcel(a_parcel("b", order=OrderId("nowhere"))))
    assert got(units).parcels == (a_parcel(),)


def test_of_two_who_change_a_batch_one_is_told(units: Units) -> None:
    saved(units, a_batch(a_parcel()))
    mine = theirs = got(units)
    saved(units, mine.closed(Closing.PERSON, NOW))
    with pytest.raises(Conflict):
        saved(units, theirs.with_parcel(a_parcel("late")))
    assert got(units).state is BatchState.CLOSED


def test_of_two_hands_that_put_a_parcel_in_at_once_nothing_is_lost(storage: Storage) -> None:
    saved(storage.units, a_batch(a_parcel("first")))
    gate = Barrier(2)

    def put(key: str) -> bool:
        batch = got(storage.units)
        gate.wait()
        try:
            saved(storage.units, batch.with_parcel(a_parcel(key)))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(put, ("a", "b")))
    assert sorted(taken) == [False, True]
    assert [parcel.key for parcel in got(storage.units).parcels] == ["first", "a" if taken[0] else "b"]
    assert replace(got(storage.units), parcels=()).version == 2
