"""The form on paper: the same words as the text, in every script, and the same bytes for the same words."""

import io
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from plugin.documents.pdf import as_pdf
from plugin.documents.pdf_fonts import fonts_for
from plugin.documents.sheet import Sheet, inserts_of, sheet_of
from plugin.domain.legal_documents import AttestedText, Piece, legal_document
from plugin.domain.policy.identity import Address, Trader
from plugin.i18n import LANGUAGES, catalogue
from tests.build import NOW

TRADER = Trader("Nordkap GmbH", Address(("Hafen 1", "24937 Flensburg"), "DE"), "hallo@nordkap.example", "+49 461 1")


def the_form(language: str) -> Sheet:
    document = legal_document(Piece.FORM, language, "DE", [])
    assert document is not None
    sheet = sheet_of(document, inserts_of(TRADER, document.language))
    assert sheet is not None
    return sheet


def page_text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def glyphs(text: str) -> list[str]:
    """Characters without order and spacing: right-to-left lines are taken out as they were drawn.

    pypdf 7 reads two-byte codes of an embedded CMap as two characters, the first a NUL.
    """
    folded = unicodedata.normalize("NFKC", text)
    return sorted(c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf", "Mn"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_says_what_the_text_says(language: str) -> None:
    sheet = the_form(language)
    pdf = as_pdf(sheet)
    assert glyphs(page_text(pdf)) == glyphs(sheet.text)
    (attached,) = PdfReader(io.BytesIO(pdf)).attachments["words.txt"]
    assert attached.decode() == sheet.text


@cache
def drawn_by(font: Path) -> frozenset[str]:
    with TTFont(font) as opened:
        return frozenset(map(chr, opened.getBestCmap()))


def without_glyph(text: str, language: str) -> set[str]:
    """What would be an empty box on paper: fpdf2 2.8 says nothing of it where it shapes text."""
    fonts = fonts_for(text, language)
    visible = {each for each in text if unicodedata.category(each) not in {"Cc", "Cf", "Zs", "Zl"}}
    return visible.difference(*map(drawn_by, (fonts.main, *fonts.others)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_of_every_languages_words_has_a_glyph(language: str) -> None:
    text = "".join(entry for entry in catalogue(language).entries.values() if isinstance(entry, str))
    assert without_glyph(text, language) == set()
    assert without_glyph(f"{text}\U0001f9ff", language) == {"\U0001f9ff"}


def test_the_form_names_the_trader_and_leaves_no_gap() -> None:
    text = the_form("en").text
    assert "Nordkap GmbH, Hafen 1, 24937 Flensburg, Germany, hallo@nordkap.example, +49 461 1" in text
    assert "[here" not in text


def test_a_reader_of_another_language_is_told_that_english_stands_in() -> None:
    assert the_form("de").notice == catalogue("de").text("document.english")
    assert the_form("en").notice == ""


def test_a_document_with_a_gap_is_not_handed_over() -> None:
    text = AttestedText("a1", Piece.INSTRUCTION, "de", None, 1, "Belehrung\n{trader}, {online_address}", NOW, None)
    document = legal_document(Piece.INSTRUCTION, "de", "DE", [text])
    assert document is not None
    assert sheet_of(document, inserts_of(TRADER, "de")) is None
    assert sheet_of(document, inserts_of(TRADER, "de", online="https://shop.example/w")) is not None
    assert sheet_of(document, inserts_of(None, "de", online="https://shop.example/w")) is None


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_official_form_is_not_handed_over_while_nobody_is_the_seller(language: str) -> None:
    document = legal_document(Piece.FORM, language, "DE", [])
    assert document is not None
    assert sheet_of(document, inserts_of(None, document.language)) is None


def test_the_same_words_are_the_same_bytes() -> None:
    first = as_pdf(the_form("zh-Hans"))
    as_pdf.cache_clear()
    assert as_pdf(the_form("zh-Hans")) == first


def test_latin_words_after_a_line_in_another_script_are_still_drawn() -> None:
    """fpdf2 2.8 takes a font named inside one text object for the page's, and the next line has none."""
    sheet = Sheet("ja", "ja", "撤回権", ("お客様は、理由。", "Nordkap GmbH, ドイツ, hallo"))
    drawn = PdfReader(io.BytesIO(as_pdf(sheet))).pages[0].get_contents()
    assert drawn is not None
    fonts = {}
    depth: list[str | None] = []
    font: str | None = None
    for operands, operator in drawn.operations:  # type: ignore[attr-defined]  # pypdf's content stream
        if operator == b"q":
            depth.append(font)
        elif operator == b"Q":
            font = depth.pop()
        elif operator == b"Tf":
            font = str(operands[0])
        elif operator == b"Tj":
            assert font is not None, "text without a font"
            fonts[font] = True
    assert len(fonts) == 2


def test_the_pdf_names_its_language_and_title() -> None:
    reader = PdfReader(io.BytesIO(as_pdf(the_form("en"))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Model withdrawal form"
    assert reader.trailer["/Root"]["/Lang"] == "en"
