"""The withdrawal form in its PDF has the words of the text beside it and of the mail that confirms an order.

They are the law's own words, fixed, and name neither a product nor a number of days: so they are compared for each
country and language, and with the mail of an order of each product delivered there. The instruction has the words its
merchant attests; without any there is none.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.drift.orders import text_part
from tests.drift.shop import COUNTRIES, LANGUAGES, TRADER, Store, store
from tests.drift.surfaces import Question

SEED = 4
PRESCRIBED = {"DE", "FR", "PL", "NO"}
"""Of the countries asked for, those under Directive 2011/83/EU."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    home: Path = tmp_path_factory.mktemp("papers")
    with store(SEED, home / "home") as filled:
        yield filled


def form(filled: Store, country: str, language: str, kind: str) -> bytes:
    asked = {"country": country, "lang": language}
    answer = filled.client.get(f"/s/{filled.shop.key}/documents/withdrawal_form.{kind}", query_string=asked)
    assert answer.status_code == 200, answer.text
    return answer.data


def drawn(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def glyphs(text: str) -> list[str]:
    """Signs without order and spacing: lines that run from the right are taken out as they were drawn."""
    folded = unicodedata.normalize("NFKC", text)
    return sorted(c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf", "Mn"})


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_pdf_the_text_and_every_orders_mail_have_the_same_form(filled: Store, country: str) -> None:
    for language in LANGUAGES:
        words = form(filled, country, language, "txt").decode()
        assert glyphs(drawn(form(filled, country, language, "pdf"))) == glyphs(words)
        assert TRADER.email in words
        assert TRADER.address.lines[1] in words
        wanted = {line for line in words.splitlines() if line}
        for sold in filled.goods:
            mailed = wanted & set(text_part(Question(filled, sold, country, language)))
            assert mailed == (wanted if country in PRESCRIBED else set()), (country, language, sold.product)
