"""Attested texts, proof of what was shown, and uploaded files, on both databases and in memory."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from plugin.domain.artwork import Artwork, ArtworkKind
from plugin.domain.certificates import Certificate, CertificateKind, sniffed
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId
from plugin.domain.legal_documents import AttestedText, Piece
from plugin.domain.policy.scope import Scope
from plugin.domain.shown import ShownText
from plugin.storage import Storage
from plugin.storage.tables import artworks, certificates
from tests.build import MERCHANT, NOW, a_stored_order
from tests.storage.conftest import Ports

PDF = b"%PDF-1.7 declaration of conformity"
TEXT = AttestedText("a1", Piece.FORM, "de", None, 1, "An {trader}", NOW, None)
LAMP = Scope(products=frozenset({"501"}))
PAPER = Certificate("c1", CertificateKind.CE, "CE lamp", LAMP, None, date(2027, 1, 1), sniffed(PDF), NOW)
ART = Artwork("n1", ArtworkKind.NOTICE, "de", None, sniffed(PDF), NOW)


def test_an_attested_text_is_kept_as_it_was_and_its_version_is_taken_for_good(ports: Ports) -> None:
    with ports.units(MERCHANT) as unit:
        unit.attested.add(TEXT)
        unit.commit()
    second = replace(TEXT, id="a2", version=2, country="AT", attested_at=NOW + timedelta(days=1))
    with ports.units(MERCHANT) as unit:
        unit.attested.add(second)
        unit.commit()
    with ports.units.read(MERCHANT) as unit:
        assert list(unit.attested.all()) == [TEXT, second]
    with pytest.raises(Conflict), ports.units(MERCHANT) as unit:
        unit.attested.add(replace(TEXT, id="a3", text="An {trader}, anders"))


def test_what_was_shown_of_an_order_is_recorded_once_a_moment(ports: Ports) -> None:
    shown = ShownText(OrderId("order1"), "withdrawal_form", "de", "attested-1", TEXT.digest, NOW)
    later = replace(shown, shown_at=NOW + timedelta(hours=1), version="attested-2")
    with ports.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.shown.add([shown])
        unit.shown.add([shown, later])
        unit.commit()
    with ports.units.read(MERCHANT) as unit:
        assert list(unit.shown.of(OrderId("order1"))) == [shown, later]
        assert list(unit.shown.of(OrderId("order2"))) == []


def test_files_come_back_as_they_were_and_go_when_removed(ports: Ports) -> None:
    with ports.units(MERCHANT) as unit:
        unit.certificates.add(PAPER, PDF)
        unit.artworks.add(ART, PDF)
        unit.commit()
    with ports.units(MERCHANT) as unit:
        assert (list(unit.certificates.all()), list(unit.artworks.all())) == ([PAPER], [ART])
        assert unit.certificates.content("c1") == unit.artworks.content("n1") == PDF
        unit.certificates.remove("c1")
        unit.artworks.remove("n1")
        unit.commit()
    with ports.units.read(MERCHANT) as unit:
        assert not unit.certificates.all()
        with pytest.raises(NotFound):
            unit.artworks.content("n1")


def test_a_stolen_database_shows_no_file(storage: Storage) -> None:
    with storage.units(MERCHANT) as unit:
        unit.certificates.add(PAPER, PDF)
        unit.artworks.add(ART, PDF)
        unit.commit()
    with storage.engine.connect() as connection:
        for table in (certificates, artworks):
            (sealed,) = connection.execute(select(table.c.content)).scalars()
            assert PDF not in sealed
