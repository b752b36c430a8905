"""The documents page: what is needed is listed, what is attested or uploaded is there, refusals stand at the form."""

from __future__ import annotations

import io
from datetime import timedelta
from http import HTTPStatus

from plugin.demo.policy import demo_policy
from plugin.domain.shop import Role
from tests.build import MERCHANT, NOW, PLACED
from tests.support.admin import Browser, Installation

PDF = b"%PDF-1.7 declaration"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'


def owner(light: Installation) -> Browser:
    with light.deps.units(MERCHANT) as unit:
        unit.policies.add(demo_policy(PLACED - timedelta(days=30)))
        unit.commit()
    return light.signed_in(Role.OWNER)


def a_file(content: bytes = PDF) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), "../../x.pdf"


def test_the_page_says_which_texts_are_needed_and_what_attesting_changes(light: Installation) -> None:
    browser = owner(light)
    before = browser.get("/admin/documents").text
    assert before.count("Needed") > 2
    assert "Attested by you" not in before
    text = {"piece": "withdrawal_form", "language": "de", "country": "", "text": "Muster\nAn {trader}"}
    refused = browser.send("/admin/documents/attest", form_at="/admin/documents", **text)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "An {trader}" in refused.text
    done = browser.send("/admin/documents/attest", form_at="/admin/documents", is_official="1", **text)
    assert done.status_code == HTTPStatus.SEE_OTHER
    assert "Attested by you" in browser.get("/admin/documents").text
    with light.deps.units.read(MERCHANT) as unit:
        (attested,) = unit.attested.all()
    assert attested.attested_by is not None


def test_a_text_without_a_place_for_the_shop_is_refused_at_the_form(light: Installation) -> None:
    text = {"piece": "withdrawal_form", "language": "de", "text": "Muster", "is_official": "1"}
    refused = owner(light).send("/admin/documents/attest", form_at="/admin/documents", **text)
    assert "no place for your shop" in refused.text


def test_documents_and_artwork_are_added_listed_and_taken_back(light: Installation) -> None:
    browser = owner(light)
    paper = {
        "kind": "ce",
        "name": "CE lamp",
        "products": "",
        "expires_on": (NOW - timedelta(days=1)).date().isoformat(),
    }
    browser.send("/admin/documents/add", form_at="/admin/documents", file=a_file(), **paper)
    art = {"artwork_kind": "guarantee_notice", "language": "en"}
    browser.send("/admin/documents/artwork", form_at="/admin/documents", file=a_file(SVG), **art)
    page = browser.get("/admin/documents").text
    assert "CE lamp" in page
    assert "Expired, not shown" in page
    with light.deps.units.read(MERCHANT) as unit:
        (certificate,), (artwork,) = unit.certificates.all(), unit.artworks.all()
    assert "x.pdf" not in certificate.id
    browser.send(f"/admin/documents/{certificate.id}/remove", form_at="/admin/documents")
    browser.send(f"/admin/documents/artwork/{artwork.id}/remove", form_at="/admin/documents")
    with light.deps.units.read(MERCHANT) as unit:
        assert not [*unit.certificates.all(), *unit.artworks.all()]


def test_a_file_that_is_not_kept_is_refused_at_its_form(light: Installation) -> None:
    paper = {"kind": "ce", "name": "CE lamp", "file": a_file(b"<html>")}
    refused = owner(light).send("/admin/documents/add", form_at="/admin/documents", **paper)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "cannot be kept" in refused.text


def test_home_tells_which_documents_need_a_successor_and_leads_to_them(light: Installation) -> None:
    browser = owner(light)
    for name, days in (("CE lamp", -1), ("RoHS lamp", 30), ("Manual", 31)):
        paper = {"kind": "ce", "name": name, "expires_on": (NOW + timedelta(days=days)).date().isoformat()}
        browser.send("/admin/documents/add", form_at="/admin/documents", file=a_file(), products="", **paper)
    home = browser.get("/admin/").text
    assert "Product documents need a successor" in home
    assert home.index("CE lamp: was valid until") < home.index("RoHS lamp: valid until")
    assert "Manual" not in home
    assert 'href="/admin/documents#certificates"' in home


def test_home_is_silent_while_no_document_expires(light: Installation) -> None:
    assert "need a successor" not in owner(light).get("/admin/").text
