"""Papers of a parcel by its label: what is handed out, in which language, and what is not handed out any more."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from plugin.documents.returns.papers import RETURN_PAPERS
from plugin.domain.ids import LineId
from plugin.domain.order import Address
from plugin.domain.policy.terms import MethodKind
from plugin.domain.returning.customs import Export, GoodsFacts
from plugin.domain.returning.errors import UnknownLabel
from plugin.domain.returning.label import Label
from plugin.usecases.draw_return_papers import LabelPaper, customs_pdf, label_pdf, manifest_pdf, needs_customs, slip_pdf
from plugin.usecases.receive_at_hub import HubReceipt, receive_at_hub
from tests.build import MERCHANT, NOW, a_shopper, a_stored_order, an_order
from tests.support import media
from tests.support.label_desk import LABEL, LabelDesk
from tests.support.printed import codes, said, size
from tests.support.returning import CLAIM, HUB, LINES, NUMBER

BOTH = [("Code128", NUMBER), ("QRCode", NUMBER)]
ZURICH = Address(name="Ida Holm", lines=("Bahnhofstrasse 1",), city="Zürich", postcode="8001", country="CH")


@pytest.fixture
def desk() -> LabelDesk:
    return LabelDesk()


def swiss(desk: LabelDesk) -> None:
    """Let the order have gone to Zürich instead."""
    order = an_order(country="CH", language="fr", shopper=a_shopper(delivery=ZURICH))
    with desk.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order(order, version=1)])
        unit.commit()


def slip(desk: LabelDesk, label: Label) -> bytes:
    return slip_pdf(label.id, merchant=MERCHANT, units=desk.units, papers=RETURN_PAPERS)


def printed(desk: LabelDesk, label: Label) -> LabelPaper:
    return label_pdf(label.id, merchant=MERCHANT, units=desk.units, files=desk.files, papers=RETURN_PAPERS)


def customs(desk: LabelDesk, label: Label, **known: object) -> bytes | None:
    return customs_pdf(label.id, merchant=MERCHANT, units=desk.units, papers=RETURN_PAPERS, **known)  # type: ignore[arg-type]  # passed on


def test_a_slip_is_in_the_orders_language_with_the_shoppers_last_day(desk: LabelDesk) -> None:
    until = datetime(2026, 12, 6, 0, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    pdf = slip(desk, desk.request(wanted_until=until))
    text = said(pdf)
    for part in ("Rücksendeschein", "Nordkap", "Tent lantern", "24937 Flensburg", "5. Dezember 2026"):
        assert part in text
    assert codes(pdf) == BOTH


def test_a_parcel_without_an_end_names_no_day(desk: LabelDesk) -> None:
    assert "Absenden bis" not in said(slip(desk, desk.request(wanted_until=None)))


def test_a_bought_label_is_handed_out_as_the_carrier_made_it(desk: LabelDesk) -> None:
    label = desk.request()
    with pytest.raises(UnknownLabel):
        printed(desk, label)
    desk.issue(label)
    assert printed(desk, label).content == LABEL
    assert slip(desk, label)


def test_an_address_slip_is_drawn_when_it_is_asked_for(desk: LabelDesk) -> None:
    paper = printed(desk, desk.request(MethodKind.OWN_CARRIER))
    assert size(paper.content) == (102.0, 152.0)
    assert codes(paper.content) == BOTH
    assert "Torstraße 1" in said(paper.content)


def test_a_picture_is_handed_out_as_a_label_that_prints(desk: LabelDesk) -> None:
    label = desk.upload(desk.request(), media.jpeg())
    assert size(printed(desk, label).content) == (102.0, 152.0)


def test_what_ran_out_is_not_handed_out(desk: LabelDesk) -> None:
    label = desk.request()
    desk.issue(label)
    desk.tick(desk.got(label).valid_until - desk.now)  # type: ignore[operator]  # it has an end
    with pytest.raises(UnknownLabel):
        printed(desk, label)


def test_a_parcel_within_the_union_has_no_customs_paper(desk: LabelDesk) -> None:
    label = desk.request()
    assert customs(desk, label) is None
    with desk.units.read(MERCHANT) as unit:
        assert not needs_customs(label, unit=unit)


def test_from_switzerland_customs_is_told_what_is_known(desk: LabelDesk) -> None:
    swiss(desk)
    label = desk.request()
    with desk.units.read(MERCHANT) as unit:
        assert needs_customs(label, unit=unit)
    text = " ".join(said(customs(desk, label) or b"").split())
    for part in ("Déclaration en douane", "Customs declaration", "8001 Zürich", "0.900 kg", "not known"):
        assert part in text
    assert "Fixez le document douanier" in said(slip(desk, label))
    goods, export = {LineId("11"): GoodsFacts("9405.42", "CN")}, Export("26DE1", NOW.date())
    assert "not known" not in said(customs(desk, label, goods=goods, export=export) or b"")


def test_a_manifest_is_in_the_language_of_who_asks(desk: LabelDesk) -> None:
    receipt = HubReceipt("p1", HUB.id, CLAIM, NUMBER, a_stored_order().id, LINES, 900)
    with desk.units(MERCHANT) as unit:
        batch = receive_at_hub(receipt, unit=unit, ids=desk.ids, now=NOW)
        unit.commit()
    pdf = manifest_pdf(batch.id, "de", merchant=MERCHANT, units=desk.units, papers=RETURN_PAPERS)
    assert "Packliste HUB-1" in said(pdf)
    assert NUMBER in said(pdf)
