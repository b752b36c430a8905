"""Declarations on record: once for each form, compared and saved, sealed and forgotten, the same in every storage."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from plugin.domain.declaration import Declaration, Picked, Proof, Recent, SetAside, Statement, UnknownDeclaration
from plugin.domain.errors import Conflict
from plugin.domain.ids import DeclarationId, LineId, OrderId, StaffId
from plugin.ports.unit_of_work import Units
from plugin.storage import Storage
from plugin.storage.tables import declarations
from plugin.usecases.erase_person import erase_person
from tests.build import MERCHANT, NOW, a_shop, a_stored_order
from tests.storage.conftest import Ports

SAID = Statement("Ida Holm", "1001", "ida@example.com", picked=(Picked(LineId("11"), 2),))
FIRST = Declaration(DeclarationId("declared1"), a_shop().id, SAID, NOW, "Europe/Berlin", "de", "DE")
ORDER = OrderId("order1")
HOUR = timedelta(hours=1)


@pytest.fixture
def units(ports: Ports) -> Units:
    """Give each storage, with one order on record."""
    with ports.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.commit()
    return ports.units


def add(units: Units, declaration: Declaration = FIRST, form: str = "form1", caller: str = "192.0.2.1") -> bool:
    with units(MERCHANT) as unit:
        is_new = unit.declarations.add(declaration, form=form, caller=caller)
        unit.commit()
    return is_new


def get(units: Units, declaration: str = "declared1") -> Declaration:
    with units.read(MERCHANT) as unit:
        return unit.declarations.get(DeclarationId(declaration))


def other(number: int, **facts: object) -> Declaration:
    return replace(FIRST, id=DeclarationId(f"declared{number}"), **facts)  # type: ignore[arg-type]  # its fields


def test_a_declaration_comes_back_as_it_was_made(units: Units) -> None:
    assert add(units)
    assert get(units) == replace(FIRST, version=1)
    with pytest.raises(UnknownDeclaration):
        get(units, "another")


def test_a_form_that_is_sent_twice_is_recorded_once(units: Units) -> None:
    assert add(units)
    assert not add(units, other(2))
    with units.read(MERCHANT) as unit:
        assert unit.declarations.by_form("form1") == replace(FIRST, version=1)
        assert unit.declarations.by_form("form2") is None
        assert len(unit.declarations.waiting(None, 10)) == 1


def test_order_and_proof_are_saved_by_comparing_the_version_and_the_words_never_change(units: Units) -> None:
    add(units)
    known = get(units)
    confirmed = known.about(ORDER).proven(Proof.AGENT_CONFIRMED, NOW, by=StaffId("s1"), reason="Phoned her back")
    for expected in (None, Conflict):
        with units(MERCHANT) as unit:
            if expected is None:
                unit.declarations.save(replace(confirmed, statement=replace(SAID, name="Eve")))
                unit.commit()
            else:
                with pytest.raises(Conflict):
                    unit.declarations.save(confirmed)
    assert get(units).reason == "Phoned her back"
    if not hasattr(units, "tables"):  # the fake keeps objects; what is sealed once is the database's
        assert get(units) == replace(confirmed, version=2)


def test_what_was_set_aside_waits_no_longer_and_comes_back_with_its_reason_sealed(units: Units) -> None:
    add(units)
    add(units, other(2, order=ORDER), "form2")
    with units(MERCHANT) as unit:
        unit.declarations.save(get(units).put_aside(NOW, StaffId("s1"), "Ida sells pills"))
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert [each.id for each in unit.declarations.waiting(None, 10)] == ["declared2"]
        assert [each.aside for each in unit.declarations.set_aside(None, 10)] == [
            SetAside(NOW, StaffId("s1"), "Ida sells pills")
        ]
        assert list(unit.declarations.set_aside(FIRST.id, 10)) == []
    with units(MERCHANT) as unit:
        unit.declarations.save(get(units).about(ORDER).proven(Proof.LINK_OPENED, NOW))
        unit.commit()
    with units.read(MERCHANT) as unit:
        assert list(unit.declarations.set_aside(None, 10)) == []
        assert get(units).is_proven


def test_what_waits_is_what_lacks_a_proof_an_order_or_the_reading_of_a_typed_part(units: Units) -> None:
    add(units)
    add(units, other(2, order=ORDER), "form2")
    add(units, other(3, order=ORDER, proof=Proof.MAIL_EQUALS_ORDER, proven_at=NOW), "form3")
    typed = replace(SAID, picked=(), part="One lamp")
    add(units, other(4, order=ORDER, proof=Proof.MAIL_EQUALS_ORDER, statement=typed), "form4")
    with units.read(MERCHANT) as unit:
        assert [each.id for each in unit.declarations.waiting(None, 10)] == ["declared1", "declared2", "declared4"]
        assert [each.id for each in unit.declarations.waiting(DeclarationId("declared2"), 10)] == ["declared4"]
    with units(MERCHANT) as unit:
        read = replace(unit.declarations.get(DeclarationId("declared4")), units=(Picked(LineId("11"), 1, "Lamp"),))
        unit.declarations.save(read)
        unit.commit()
    assert get(units, "declared4").units == read.units
    with units.read(MERCHANT) as unit:
        assert unit.declarations.waiting(DeclarationId("declared2"), 10) == []


def test_what_could_be_carried_out_and_has_no_claim_is_found(units: Units) -> None:
    known = {"order": ORDER, "proof": Proof.LINK_OPENED, "proven_at": NOW}
    add(units, other(1, **known))
    add(units, other(2, order=ORDER), "form2")
    add(units, other(3, **known, statement=replace(SAID, picked=(), part="One lamp")), "form3")
    add(units, other(4, **known, received_at=NOW + HOUR), "form4")
    with units.read(MERCHANT) as unit:
        assert unit.declarations.unopened(NOW + HOUR, 10) == ["declared1"]


def test_what_came_lately_is_counted_by_address_by_caller_and_by_order(units: Units) -> None:
    add(units, other(1, order=ORDER))
    add(units, other(2, statement=replace(SAID, reply_to="eve@example.com")), "form2")
    add(units, other(3, received_at=NOW - 2 * HOUR), "form3", "192.0.2.9")
    with units.read(MERCHANT) as unit:
        asked = other(4, order=ORDER, statement=replace(SAID, reply_to="IDA@example.com"))
        recent = unit.declarations.recent(asked, caller="192.0.2.1", since=NOW - HOUR)
    assert recent == Recent(to_address=1, by_caller=2, about_order=1)


def test_erasing_a_person_takes_the_words_they_declared_and_those_others_declared_of_their_order(units: Units) -> None:
    strangers = replace(SAID, name="Eve", reply_to="eve@example.com")
    add(units, other(1))
    add(units, other(2, statement=strangers, order=ORDER), "form2")
    add(units, other(3, statement=strangers), "form3")
    erase_person("ida@example.com", merchant=MERCHANT, units=units, now=NOW)
    assert get(units, "declared1").statement is None
    assert get(units, "declared2").statement is None
    assert get(units, "declared3").statement == strangers
    with units.read(MERCHANT) as unit:
        assert [each.id for each in unit.declarations.waiting(None, 10)] == ["declared3"]


def test_the_database_holds_no_word_of_what_was_declared(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.declarations.add(FIRST, form="form1", caller="192.0.2.1")
        unit.commit()
    with storage.units(MERCHANT) as unit:
        known = unit.declarations.get(FIRST.id).about(ORDER)
        unit.declarations.save(known.proven(Proof.AGENT_CONFIRMED, NOW, reason="Phoned her back"))
        unit.commit()
    with storage.engine.connect() as connection:
        row = str(tuple(connection.execute(select(declarations)).one()))
    assert not [word for word in ("Ida Holm", "1001'", "example.com", "Phoned", "192.0.2") if word in row]
