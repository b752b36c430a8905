"""The paper of a case: what happened in words, the digest of the signed file, and the file itself inside."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfReader

from plugin.documents.case_paper import print_case
from plugin.domain.case_file.signed import key_id
from plugin.i18n import DESK_LANGUAGES
from plugin.ports.case_paper import CasePaper, Told
from tests.build import NOW
from tests.support.case_files import SIGNER, a_case_file, a_signed_file

KEY = key_id(SIGNER.public_key)
PAPER = CasePaper(
    case=a_case_file(),
    told=(Told(1, NOW, "Shopper", "Claim opened"), Told(3, NOW, "mara@example.com", "Refused", "Getragen.")),
    language="en",
    data=a_signed_file(),
    key_id=KEY,
    key_address="https://aftercare.example/.well-known/aftercare-case-file-key.json",
)


def text_of(pdf: bytes) -> str:
    """The words of all pages, as one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_the_paper_prints_the_digest_of_the_signed_file_and_the_key() -> None:
    text = text_of(print_case(PAPER)).replace(" ", "")
    assert sha256(PAPER.data).hexdigest() in text
    assert KEY in text


def test_the_signed_file_is_inside_as_it_is() -> None:
    found = PdfReader(BytesIO(print_case(PAPER))).attachments
    assert found == {"case-R-1.json": [PAPER.data]}


def test_what_happened_is_told_with_the_words_that_were_written() -> None:
    text = text_of(print_case(PAPER))
    assert "1. 21/11/2026, 12:00 UTC, Shopper: Claim opened" in text
    assert "Getragen." in text
    assert "ida@example.com" in text


def test_words_that_were_erased_are_said_to_be() -> None:
    told = replace(PAPER, told=(Told(3, NOW, "Shopper", "Message", is_erased=True),))
    assert "Erased with the person." in text_of(print_case(told))


def test_the_same_case_is_the_same_paper() -> None:
    assert print_case(PAPER) == print_case(PAPER)


@pytest.mark.parametrize("language", DESK_LANGUAGES)
def test_the_paper_is_made_in_every_language_of_the_desk(language: str) -> None:
    assert print_case(replace(PAPER, language=language)).startswith(b"%PDF")
