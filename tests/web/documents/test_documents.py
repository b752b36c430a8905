"""What a shop hands out: the form in two shapes, the confirmation, product documents while valid, artwork unedited."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from plugin.domain.artwork import ArtworkKind
from plugin.domain.certificates import CertificateKind, FileRefused
from plugin.domain.errors import Invalid
from plugin.domain.legal_documents import Piece
from plugin.domain.policy.scope import EVERYTHING, Scope
from plugin.ports.deps import Deps
from plugin.usecases.add_artwork import LabelUnfounded, NewArtwork, add_artwork
from plugin.usecases.add_certificate import NewCertificate, add_certificate
from plugin.usecases.attest_text import Attestation, attest_text
from plugin.usecases.remove_certificate import remove_certificate
from plugin.web.storefront import order_token
from tests.build import MERCHANT, NOW, a_shop, a_stored_order

PDF = b"%PDF-1.7 declaration"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><text>official</text></svg>'
HERE = "/s/key-Nordkap/documents"
TODAY = NOW.date()
PAPER = NewCertificate(
    CertificateKind.CE, "CE Tent lantern", Scope(products=frozenset({"501"})), None, TODAY + timedelta(days=30), PDF
)


def add(deps: Deps, given: NewCertificate = PAPER) -> str:
    made = add_certificate(given, merchant=MERCHANT, by=None, units=deps.units, ids=deps.ids, now=NOW)
    return made.id


def upload(deps: Deps, kind: ArtworkKind, content: bytes = SVG, trait: str | None = None) -> str:
    given = NewArtwork(kind, "en", trait, content)
    return add_artwork(given, merchant=MERCHANT, by=None, units=deps.units, ids=deps.ids, now=NOW).id


def test_the_form_as_pdf_and_as_text_have_the_same_words(client: FlaskClient) -> None:
    text = client.get(f"{HERE}/withdrawal_form.txt?country=IE&lang=en")
    pdf = client.get(f"{HERE}/withdrawal_form.pdf?country=IE&lang=en")
    (attached,) = PdfReader(io.BytesIO(pdf.data)).attachments["words.txt"]
    assert attached.decode() == text.text
    assert "Nordlicht Outdoor GmbH" in text.text
    assert (pdf.mimetype, text.headers["Content-Language"]) == ("application/pdf", "en")
    again = client.get(f"{HERE}/withdrawal_form.pdf?country=IE&lang=en", headers={"If-None-Match": pdf.headers["ETag"]})
    assert again.status_code == 304


def test_an_instruction_is_there_once_it_is_attested(client: FlaskClient, deps: Deps) -> None:
    address = f"{HERE}/withdrawal_instruction.txt?country=DE&lang=de"
    missing = client.get(address)
    assert (missing.status_code, missing.json["code"]) == (404, "document_needed")  # type: ignore[index]  # problem+json
    text = Attestation(Piece.INSTRUCTION, "de", None, "Widerrufsbelehrung\r\nUns ({trader}) informieren  ")
    for _ in range(2):
        made = attest_text(text, merchant=MERCHANT, by=None, units=deps.units, ids=deps.ids, now=NOW)
    assert made.version == 1
    assert client.get(address).text.startswith("Widerrufsbelehrung\n\nUns (Nordlicht Outdoor GmbH")
    newer = replace(text, text="Belehrung\n{trader}")
    assert attest_text(newer, merchant=MERCHANT, by=None, units=deps.units, ids=deps.ids, now=NOW).version == 2


def test_the_confirmation_needs_the_orders_token(client: FlaskClient, deps: Deps) -> None:
    token = order_token.issue(deps.secrets, a_shop().id, a_stored_order().id)
    found = client.get(f"{HERE}/orders/{token}/confirmation")
    assert found.json is not None
    assert found.json["language"] == "de"
    assert found.headers["Cache-Control"] == "private, no-store"
    assert client.get(f"{HERE}/orders/{token}x/confirmation").status_code == 404
    with deps.units.read(MERCHANT) as unit:
        assert {each.what for each in unit.shown.of(a_stored_order().id)} == {"withdrawal_form", "confirmation"}


def test_a_product_lists_its_valid_documents_and_hands_them_over(client: FlaskClient, deps: Deps) -> None:
    made = add(deps)
    page = client.get(f"{HERE}/certificates?product=501&lang=en").text
    assert "CE Tent lantern" in page
    assert f"{HERE}/certificates/{made}" in page
    (listed,) = client.get(f"{HERE}/certificates.json?product=501").json["certificates"]  # type: ignore[index]  # an object
    assert listed["expires_on"] == (TODAY + timedelta(days=30)).isoformat()
    file = client.get(f"{HERE}/certificates/{made}")
    assert (file.data, file.mimetype) == (PDF, "application/pdf")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert client.get(f"{HERE}/certificates.json?product=502").json == {"certificates": []}


def test_an_expired_document_is_neither_listed_nor_handed_over(client: FlaskClient, deps: Deps) -> None:
    made = add(deps, replace(PAPER, expires_on=TODAY - timedelta(days=1)))
    assert client.get(f"{HERE}/certificates.json?product=501").json == {"certificates": []}
    assert client.get(f"{HERE}/certificates/{made}").status_code == 404


def test_a_removed_document_is_gone(client: FlaskClient, deps: Deps) -> None:
    made = add(deps, replace(PAPER, scope=EVERYTHING))
    remove_certificate(made, merchant=MERCHANT, units=deps.units)
    assert client.get(f"{HERE}/certificates/{made}").status_code == 404


@pytest.mark.parametrize("content", [b"", b"<html>", b"GIF89a", SVG, b"%PDF-" + b"x" * 1_500_000])
def test_a_file_of_another_kind_or_size_is_refused(deps: Deps, content: bytes) -> None:
    with pytest.raises(FileRefused):
        add(deps, replace(PAPER, content=content))


def test_a_document_needs_a_name_and_expires_after_it_was_issued(deps: Deps) -> None:
    for wrong in (replace(PAPER, name=" "), replace(PAPER, issued_on=date(2030, 1, 1), expires_on=date(2029, 1, 1))):
        with pytest.raises(Invalid):
            add(deps, wrong)


def test_the_notice_is_the_uploaded_artwork_with_its_transcript(client: FlaskClient, deps: Deps) -> None:
    assert client.get(f"{HERE}/notice?lang=en").status_code == 404
    made = upload(deps, ArtworkKind.NOTICE)
    page = client.get(f"{HERE}/notice?lang=en").text
    assert f'src="{HERE}/artwork/{made}"' in page
    assert "Minimum two-year legal guarantee protection" in page
    assert client.get(f"{HERE}/notice?lang=de").status_code == 404
    art = client.get(f"{HERE}/artwork/{made}")
    assert (art.data, art.mimetype) == (SVG, "image/svg+xml")
    assert "sandbox" in art.headers["Content-Security-Policy"]


def test_an_artwork_that_could_run_something_is_refused(deps: Deps) -> None:
    for wrong in (b"<svg><script>1</script></svg>", b'<svg onload="x()"></svg>', b"\xff\xd8\xff jpeg", b"text"):
        with pytest.raises(FileRefused):
            upload(deps, ArtworkKind.NOTICE, wrong)


def test_the_label_stands_only_at_goods_of_a_confirmed_producers_guarantee(client: FlaskClient, deps: Deps) -> None:
    with pytest.raises(LabelUnfounded):
        upload(deps, ArtworkKind.LABEL, trait="warranty")
    made = upload(deps, ArtworkKind.LABEL, trait="lamp")
    page = client.get(f"{HERE}/label?product=501&lang=en").text
    assert "<details>" in page
    assert f'src="{HERE}/artwork/{made}"' in page
    assert "Lumo AB" in page
    assert client.get(f"{HERE}/label?product=502&lang=en").status_code == 404
    assert client.get(f"{HERE}/label?lang=en").status_code == 404
