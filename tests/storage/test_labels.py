"""Labels on record, on both databases and in memory; and what becomes of their files with their person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import ClaimId, LabelId, OrderId
from plugin.domain.returning.errors import UnknownLabel
from plugin.domain.returning.label import UPLOAD_NEEDED, Carriage, Label, LabelFile, LabelSource, LabelState, valid_for
from plugin.domain.returning.points import DropOffPoint
from plugin.domain.returning.settings import NOTHING_SET, ReturnSettings
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.tables import labels, return_settings
from plugin.usecases.erase_person import erase_person
from tests.build import MERCHANT, NOW, a_stored_order
from tests.support.returning import ACCOUNT, CLAIM, HUB, a_label

DAY = timedelta(days=1)
FILE = LabelFile("merchant1/label1/o1", "application/pdf", 90, "ab" * 32)
CARRIAGE = Carriage("67880", "dpd", "0150", "https://track.example/0150")


@pytest.fixture(autouse=True)
def order(request: pytest.FixtureRequest) -> None:
    units = request.getfixturevalue("storage").units if "storage" in request.fixturenames else None
    units = units or request.getfixturevalue("units")
    with units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.commit()


def saved(units: Units, *changed: Label) -> None:
    with units(MERCHANT) as unit:
        unit.labels.save(changed)
        unit.commit()


def got(units: Units, label: str = "label1") -> Label:
    with units.read(MERCHANT) as unit:
        return unit.labels.get(LabelId(label))


def issued(units: Units, days: int | None = 10) -> Label:
    saved(units, a_label())
    saved(units, got(units).issued(FILE, CARRIAGE, valid_for(days, NOW), NOW))
    return got(units)


def test_a_label_is_read_as_it_was_saved(units: Units) -> None:
    there = issued(units)
    assert there == replace(a_label().issued(FILE, CARRIAGE, NOW + 10 * DAY, NOW), version=2)
    with units.read(MERCHANT) as unit:
        assert unit.labels.of_claim(CLAIM) == [there]
        assert unit.labels.of_claim(ClaimId("other")) == []


def test_of_two_who_change_a_label_one_is_told(units: Units) -> None:
    saved(units, a_label())
    mine = theirs = got(units)
    saved(units, mine.closed(NOW))
    with pytest.raises(Conflict):
        saved(units, theirs.failed("invalid", "", NOW))


def test_a_parcel_has_one_live_label(units: Units) -> None:
    saved(units, a_label())
    with pytest.raises(Conflict):
        saved(units, a_label("label2"))
    saved(units, a_label("elsewhere", to=HUB))
    saved(units, got(units).closed(NOW), a_label("label2"))
    assert got(units, "label2").is_live


def test_a_label_that_ran_out_is_renewed_once(units: Units) -> None:
    old = issued(units).expired(NOW + 10 * DAY)
    saved(units, old, old.renewal(LabelId("label2"), NOW + 10 * DAY).closed(NOW + 10 * DAY))
    with pytest.raises(Conflict):
        saved(units, got(units).renewal(LabelId("label3"), NOW + 11 * DAY))


def test_a_label_belongs_to_an_order_there_is(units: Units) -> None:
    with pytest.raises(NotFound):
        saved(units, a_label(order=OrderId("nowhere")))


def test_what_is_due_is_what_is_to_be_bought_and_what_the_carrier_takes_no_more(units: Units) -> None:
    issued(units)
    saved(units, a_label("label2", to=HUB, due_at=NOW + DAY))
    with units.read(MERCHANT) as unit:
        assert unit.labels.due(NOW, 10) == []
        assert unit.labels.due(NOW + DAY, 10) == ["label2"]
        assert unit.labels.run_out(NOW + 9 * DAY, 10) == []
        assert unit.labels.run_out(NOW + 10 * DAY, 10) == ["label1"]


def test_a_person_is_shown_what_failed_with_the_providers_words(units: Units) -> None:
    saved(units, a_label("a").failed("invalid", "No such street: Torstraße 1", NOW + DAY))
    saved(units, a_label("b", to=HUB, source=LabelSource.UPLOADED).failed(UPLOAD_NEEDED, "", NOW))
    with units.read(MERCHANT) as unit:
        assert [label.id for label in unit.labels.waiting(10)] == ["b", "a"]
        assert unit.labels.waiting(10)[1].detail == "No such street: Torstraße 1"
        assert len(unit.labels.waiting(1)) == 1


def test_files_go_once_their_labels_are_of_no_use_and_the_records_stay(units: Units) -> None:
    issued(units)
    with units(MERCHANT) as unit:
        assert unit.labels.drop_due(NOW + 90 * DAY) == 0
        unit.labels.save([unit.labels.get(LabelId("label1")).closed(NOW + DAY)])
        assert unit.labels.drop_due(NOW + DAY) == 0
        assert unit.labels.drop_due(NOW + 2 * DAY) == 1
        assert unit.labels.dropped(10) == ["label1"]
        unit.labels.remove([LabelId("label1"), LabelId("unknown")])
        assert unit.labels.dropped(10) == []
        unit.commit()
    assert (got(units).file, got(units).state) == (None, LabelState.CLOSED)


def test_with_the_person_the_file_goes_and_nothing_brings_it_back(units: Units) -> None:
    saved(units, a_label("b", to=HUB).failed("invalid", "Torstraße 1", NOW))
    before = issued(units)
    erase_person("ida@example.com", merchant=MERCHANT, units=units, now=NOW)
    assert got(units).file is None
    assert got(units, "b").detail == ""
    with units.read(MERCHANT) as unit:
        assert unit.labels.dropped(10) == ["label1"]
        with pytest.raises(UnknownLabel):
            unit.labels.cipher(before.id)
    saved(units, before.closed(NOW))
    assert got(units).file is None
    with units.read(MERCHANT) as unit:
        assert unit.labels.dropped(10) == ["label1"]


def test_what_a_provider_said_lies_sealed(storage: Storage) -> None:
    saved(storage.units, a_label().failed("invalid", "No such street: Torstraße 1", NOW))
    with storage.engine.connect() as connection:
        row = connection.execute(select(labels)).one()
    assert b"Torstra" not in row.record
    assert b"Torstra" not in row.detail


def test_the_providers_key_lies_sealed_and_is_read_back(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.return_desk.save(ReturnSettings(ACCOUNT), NOW)
        unit.commit()
    with storage.units.read(MERCHANT) as unit:
        assert unit.return_desk.settings().account == ACCOUNT
    with storage.engine.connect() as connection:
        row = connection.execute(select(return_settings)).one()
    assert b"sk_1" not in row.content


def test_settings_and_points_are_kept_beside_each_other(units: Units) -> None:
    points = [DropOffPoint("Kiosk", "Torstr. 9", "10119", "Berlin", "DE")]
    with units(MERCHANT) as unit:
        assert unit.return_desk.settings() == NOTHING_SET
        assert not unit.return_desk.points()
        unit.return_desk.save_points(points, NOW)
        unit.return_desk.save(ReturnSettings(ACCOUNT), NOW)
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert list(unit.return_desk.points()) == points
        assert unit.return_desk.settings() == ReturnSettings(ACCOUNT)


def test_of_two_who_ask_for_the_same_parcels_label_at_once_one_gets_it(storage: Storage) -> None:
    gate = Barrier(2)

    def ask(name: str) -> bool:
        gate.wait()
        try:
            saved(storage.units, a_label(name))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ask, ("label1", "label2"))) == [False, True]
