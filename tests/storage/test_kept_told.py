"""What is told of a parcel is kept in sealed pieces: more is added without opening, and all comes back in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from plugin.domain.order import DeliveryStatus
from plugin.domain.tracking.report import Report
from plugin.domain.tracking.shipment import Shipment
from plugin.ports.carrier import Told
from plugin.storage import Storage
from plugin.storage.errors import CannotOpen
from plugin.storage.tables import shipments
from plugin.usecases.tracking.apply_told import apply_told
from tests.build import MERCHANT, NOW, PLACED, a_stored_order
from tests.support.shipments import NUMBER, a_report, a_shipment

PARCEL = a_shipment(numbers=(replace(a_shipment().numbers[0], is_confirmed=True),))
WAY = tuple(
    a_report(DeliveryStatus.IN_TRANSIT, PLACED + timedelta(days=1, hours=hour), message=f"Scan {hour}")
    for hour in range(12)
)


@pytest.fixture(autouse=True)
def followed(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.shipments.save([PARCEL])
        unit.commit()


def hear(storage: Storage, *reports: Report) -> None:
    answer = Told(NUMBER, is_known=True, reports=reports)
    apply_told([answer], None, merchant=MERCHANT, units=storage.units, now=NOW)


def found(storage: Storage) -> Shipment:
    with storage.units.read(MERCHANT) as unit:
        return unit.shipments.get(PARCEL.id)


def row(storage: Storage) -> Mapping[str, Any]:
    with storage.engine.connect() as connection:
        return dict(connection.execute(select(shipments)).one()._mapping)


def write(storage: Storage, **cells: object) -> None:
    with storage.engine.begin() as connection:
        connection.execute(update(shipments).values(**cells))


def test_news_are_added_to_what_was_told_and_a_repeat_adds_nothing(storage: Storage) -> None:
    hear(storage, *WAY[:2])
    first = row(storage)
    assert first["told_since"] is None
    for count in (4, 4, 5):
        hear(storage, *reversed(WAY[:count]))
    grown = row(storage)
    assert grown["told"] == first["told"], "what was known is not sealed again"
    assert grown["told_since"]
    assert b"Brandt" not in repr(dict(grown)).encode()
    parcel = found(storage)
    assert parcel.reports == WAY[:5]
    assert parcel.whereabouts == PARCEL.with_reports(WAY[:5]).whereabouts
    assert (grown["last_scan"], grown["version"]) == (WAY[4].said_at, 5)


def test_many_pieces_become_one(storage: Storage) -> None:
    for count in range(1, len(WAY) + 1):
        hear(storage, *WAY[:count])
        assert found(storage).reports == WAY[:count]
    sealed_alone = PARCEL.with_reports(WAY)
    assert found(storage).whereabouts == sealed_alone.whereabouts
    assert len(row(storage)["told_since"]) < 3 * 700, "all was sealed as one after eight pieces"


def test_what_a_release_before_wrote_is_read_and_gone_on_with(storage: Storage) -> None:
    hear(storage, *WAY[:3])
    old = row(storage)["told"]
    write(storage, gist=None)
    assert found(storage).reports == WAY[:3]
    hear(storage, *WAY[:4])
    hear(storage, *WAY[:5])
    assert found(storage).reports == WAY[:5]
    write(storage, told=old)
    assert found(storage).reports == WAY[:3], "it knows neither the gist nor what was told since"
    hear(storage, *WAY[:6])
    assert found(storage).reports == WAY[:6]
    assert found(storage).timeline() == PARCEL.with_reports(WAY[:6]).timeline()


def test_whoever_is_erased_takes_every_piece_along(storage: Storage) -> None:
    hear(storage, *WAY[:2])
    hear(storage, *WAY[:4])
    with storage.units(MERCHANT) as unit:
        person = unit.people.find("ida@example.com")
        assert person
        unit.people.erase(person, NOW)
        unit.commit()
    left = row(storage)
    assert (left["told"], left["told_since"], left["gist"]) == (None, None, None)
    assert found(storage).reports == ()


def test_a_piece_opens_only_where_it_belongs(storage: Storage) -> None:
    hear(storage, *WAY[:2])
    hear(storage, *WAY[:3])
    one = row(storage)["told_since"]
    hear(storage, *WAY[:4])
    two = row(storage)["told_since"][len(one) :]
    write(storage, told_since=two + one)
    with pytest.raises(CannotOpen):
        tuple(found(storage).reports)
