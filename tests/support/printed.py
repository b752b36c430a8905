"""What a printed page says: its codes read as a scanner reads them, its words as a program takes them out."""

from __future__ import annotations

import io
import unicodedata

import pypdfium2
import zxingcpp
from pypdf import PdfReader

_SCANNER_DPI = 203
"""As coarse as the coarsest label printers are."""
_POINTS_AN_INCH = 72
_KINDS = [zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode]


def codes(pdf: bytes) -> list[tuple[str, str]]:
    """Every bar code and QR code on the pages, as (kind, text), sorted."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.render(scale=_SCANNER_DPI / _POINTS_AN_INCH, grayscale=True).to_pil() for page in document]
    finally:
        document.close()
    return sorted((code.format.name, code.text) for page in pages for code in zxingcpp.read_barcodes(page, _KINDS))


def said(pdf: bytes) -> str:
    """All words, spaces and line ends as the reader puts them."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def glyphs(text: str) -> str:
    """Characters without order: right-to-left lines are taken out as they were drawn."""
    folded = unicodedata.normalize("NFKC", text)
    kept = (c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf", "Mn"})
    return "".join(sorted(kept))


def size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page in millimetres."""
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    return round(float(box.width) * 25.4 / 72, 1), round(float(box.height) * 25.4 / 72, 1)
