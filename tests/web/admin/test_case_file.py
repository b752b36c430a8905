"""The case file at the desk: taken away whole and signed, to read as PDF, by whom it may be, and with a trace of it."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus
from io import BytesIO

import pytest
from pypdf import PdfReader

from integrations.system.signer import is_signed
from plugin.domain.case_file.verify import read_case_file, verify_case_file
from plugin.domain.claim.claim import Claim
from plugin.domain.personal_view import Seen
from plugin.domain.shop import Role
from tests.build import MERCHANT
from tests.support.admin import Installation
from tests.support.claim_cases import open_case, place

WORDS = "It does not light any more"


@pytest.fixture
def claim(light: Installation) -> Claim:
    return open_case(light, place(light), words=WORDS)


def test_the_signed_file_holds_for_the_key_of_this_installation(light: Installation, claim: Claim) -> None:
    answer = light.signed_in(Role.AGENT).get(f"/admin/claims/{claim.id}/case-file.json")
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Content-Disposition"] == f'attachment; filename="case-{claim.number}.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert light.deps.signer is not None
    assert verify_case_file(answer.data, is_signed, light.deps.signer.public_key) is None
    file = read_case_file(answer.data)
    assert file is not None
    assert (file.case.claim.id, file.case.parties.shopper_email) == (claim.id, "ida@example.com")
    assert WORDS in {entry.words.text for entry in file.case.record if entry.words}


def test_the_paper_prints_the_digest_of_the_file_that_is_inside_it(light: Installation, claim: Claim) -> None:
    browser = light.signed_in(Role.AGENT)
    data = browser.get(f"/admin/claims/{claim.id}/case-file.json").data
    answer = browser.get(f"/admin/claims/{claim.id}/case-file.pdf")
    assert answer.mimetype == "application/pdf"
    pdf = PdfReader(BytesIO(answer.data))
    assert pdf.attachments == {f"case-{claim.number}.json": [data]}
    text = "".join(page.extract_text() for page in pdf.pages)
    assert sha256(data).hexdigest() in "".join(text.split())
    assert WORDS in " ".join(text.split())


@pytest.mark.parametrize("kind", ["json", "pdf"])
def test_who_may_only_look_takes_nothing_away_and_is_not_offered_it(
    light: Installation, claim: Claim, kind: str
) -> None:
    browser = light.signed_in(Role.VIEWER)
    assert browser.get(f"/admin/claims/{claim.id}/case-file.{kind}").status_code == HTTPStatus.FORBIDDEN
    assert f"case-file.{kind}" not in browser.get(f"/admin/claims/{claim.id}").text
    assert f"case-file.{kind}" in light.signed_in(Role.AGENT).get(f"/admin/claims/{claim.id}").text


def test_who_took_it_is_on_record(light: Installation, claim: Claim) -> None:
    light.signed_in(Role.AGENT).get(f"/admin/claims/{claim.id}/case-file.json")
    with light.deps.units.read(MERCHANT) as unit:
        (view,) = unit.claim_desk.views(10)
    assert (view.seen, view.subject, view.number) == (Seen.CLAIM, claim.id, claim.number)
