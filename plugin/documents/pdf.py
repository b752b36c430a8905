"""A sheet as PDF: the same bytes for the same words, fonts embedded, and the words themselves attached as plain text.

Right-to-left and joined scripts are set as they are read; what a reader's program takes out of such a page comes in
the order it was drawn, so the attachment is the text to read by machine (ISO 32000-1 §7.11.4).
"""

import re
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from plugin.documents.pdf_fonts import fonts_for
from plugin.documents.sheet import Sheet

if TYPE_CHECKING:
    from fpdf import FPDF

_DATED = datetime(2026, 1, 1, tzinfo=UTC)
"""A document's date is part of its bytes; equal words make equal files, whenever they are asked for."""
_MARGIN_MM = 22
_SIZES = {"notice": 10, "title": 16, "heading": 13, "body": 11}
_LINE = 1.5
_POINT_MM = 25.4 / 72
_HAN_OR_KANA = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_THAI_CLUSTER = re.compile(
    "([\u0e01-\u0e2e\u0e30\u0e32\u0e33\u0e45][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*)(?=[\u0e01-\u0e2e\u0e40-\u0e44])"
)
_BREAK_HERE = "\u200b"
_ATTACHED = "words.txt"


@lru_cache(maxsize=64)
def as_pdf(sheet: Sheet) -> bytes:
    """The sheet on A4, as many pages as it takes."""
    page = first_page(sheet.title, sheet.language, sheet.text, sheet.reader)
    if sheet.notice:
        write(page, sheet.notice, "notice")
    write(page, sheet.title, "title")
    for paragraph in sheet.paragraphs:
        write(page, paragraph, "body")
    attach(page, _ATTACHED, sheet.text.encode(), "text/plain")
    return bytes(page.output())


def first_page(title: str, language: str, text: str, reader: str | None = None) -> "FPDF":
    """An empty A4 page in a document that can set all of `text`; more pages come as it fills."""
    from fpdf import FPDF  # noqa: PLC0415 - a second to import, and most processes never make a PDF

    page = FPDF(format="A4")
    page.set_margin(_MARGIN_MM)
    page.set_auto_page_break(auto=True, margin=_MARGIN_MM)
    set_up(page, title, language, text, reader)
    page.add_page()
    return page


def set_up(page: "FPDF", title: str, language: str, text: str, reader: str | None = None) -> None:
    """Name the paper, and embed the fonts its text needs; Han looks as readers of `reader` write it."""
    page.set_title(title)
    page.set_lang(language)
    page.set_producer("Aftercare")
    page.set_creation_date(_DATED)
    fonts = fonts_for(text, reader or language)
    for path in (fonts.main, *fonts.others):
        page.add_font(path.stem, "", path)
    page.set_font(fonts.main.stem)
    page.set_fallback_fonts([path.stem for path in fonts.others], exact_match=False)
    page.set_text_shaping(use_shaping_engine=True)


def write(page: "FPDF", text: str, role: str) -> None:
    """A paragraph; `role` is notice, title, heading or body."""
    from fpdf.enums import WrapMode  # noqa: PLC0415 - as above

    size = _SIZES[role]
    page.set_font_size(size)
    page.cell(0, 0, " ", new_x="LMARGIN", new_y="TOP")  # names the font on the page: fpdf2 2.8 forgets it, see tests
    page.multi_cell(
        0,
        size * _LINE * _POINT_MM,
        _THAI_CLUSTER.sub(rf"\1{_BREAK_HERE}", text),
        align="R" if is_right_to_left(text) else "L",
        wrapmode=WrapMode.CHAR if _is_spaceless(text) else WrapMode.WORD,
        new_x="LMARGIN",
        new_y="NEXT",
    )
    page.ln(size * _POINT_MM / 2)


def attach(page: "FPDF", name: str, content: bytes, media_type: str) -> None:
    """A file inside the document, as it is."""
    page.embed_file(
        bytes=content,
        basename=name,
        mime_type=media_type,
        creation_date=_DATED,
        modification_date=_DATED,
        compress=True,
    )


def is_right_to_left(text: str) -> bool:
    """Whether a paragraph runs from right to left: by its first letter with a direction (Unicode TR9, rule P2)."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((each in {"R", "AL"} for each in directions if each in {"L", "R", "AL"}), False)


def _is_spaceless(text: str) -> bool:
    """Whether lines may end anywhere: most of it is Han or kana."""
    return 2 * len(_HAN_OR_KANA.findall(text)) > len(text)
