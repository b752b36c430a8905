"""A page for papers with codes, boxes and tables; the same bytes for the same content, fonts embedded."""

from dataclasses import dataclass
from typing import Final

from plugin.documents.pdf import is_right_to_left, set_up
from plugin.documents.returns.codes import Code, code_128, qr_code
from plugin.i18n import Catalogue

A4: Final = (210.0, 297.0)
LABEL: Final = (102.0, 152.0)
"""4 x 6 inches, as label printers have it."""
_POINT_MM: Final = 25.4 / 72
_LINE: Final = 1.35
_LEAST_MODULE: Final = 0.25
"""Millimetres; below that, printers of 203 dpi blur bars."""


@dataclass(frozen=True, slots=True)
class Text:
    """How words are set: `size` in points, `gap` in millimetres below."""

    size: float = 10.0
    gap: float = 1.0


TITLE: Final = Text(16, 2)
STRONG: Final = Text(13, 1.5)
BODY: Final = Text()
SMALL: Final = Text(8, 0.8)


class Canvas:
    """One paper. Words run by the language's direction; places are in millimetres from the upper left corner."""

    def __init__(self, words: Catalogue, title: str, text: str, size: tuple[float, float] = A4) -> None:
        """`text` is everything the paper says: it decides which fonts are embedded."""
        from fpdf import FPDF  # noqa: PLC0415 - a second to import, and most processes never make a PDF

        self.page: FPDF = FPDF(format=size)
        self.words = words
        self.margin = 18.0 if size == A4 else 6.0
        self.page.set_margin(self.margin)
        self.page.set_auto_page_break(auto=True, margin=self.margin)
        set_up(self.page, title, words.language, text)
        self.page.add_page()

    @property
    def width(self) -> float:
        """Between the margins."""
        return float(self.page.epw)

    def write(self, text: str, style: Text = BODY, *, width: float = 0) -> None:
        """A paragraph from the current height on, where lines begin, then the next line."""
        if width and self._is_rtl:
            self.page.set_x(self._ends_at(width))
        self._sized(style)
        align = "R" if self._is_rtl or is_right_to_left(text) else "L"
        self.page.multi_cell(width, style.size * _LINE * _POINT_MM, text, align=align, new_x="LMARGIN", new_y="NEXT")
        self.page.ln(style.gap)

    def rule(self) -> None:
        """A hairline across."""
        self.page.set_line_width(0.2)
        self.page.line(self.margin, self.page.get_y(), self.margin + self.width, self.page.get_y())
        self.page.ln(2)

    def bar_code(self, text: str, *, height: float, width: float) -> None:
        """A Code 128 with its characters below, where lines begin; within `width` where its bars stay readable."""
        code = code_128(text)
        module = max(_LEAST_MODULE, min(width / code.width, 0.5))
        left = self._ends_at(code.width * module) if self._is_rtl else self.margin
        self._code(code, left, self.page.get_y(), module, height)
        self.page.set_y(self.page.get_y() + height + 0.5)
        self.page.set_x(left)
        self._sized(SMALL)
        self.page.cell(code.width * module, 3.5, text, align="C", new_x="LMARGIN", new_y="NEXT")
        self.page.ln(1)

    def qr_code(self, text: str, *, side: float, y: float) -> None:
        """A QR code at this height, where lines end; the current height stays."""
        code = qr_code(text)
        x = self.margin if self._is_rtl else self._ends_at(side)
        self._code(code, x, y, side / code.width, side / code.height)

    def table(self, heads: list[str], rows: list[list[str]], widths: list[int]) -> None:
        """Rows below their heads; `widths` are shares of the whole. The first column leads where lines begin."""
        order = list(range(len(heads)))[:: -1 if self._is_rtl else 1]
        self._sized(Text(9))
        align = "RIGHT" if self._is_rtl else "LEFT"
        shares = tuple(widths[at] for at in order)
        with self.page.table(
            col_widths=shares, text_align=align, line_height=5, padding=1, headings_style=_plain()
        ) as table:
            for row in (heads, *rows):
                line = table.row()
                for at in order:
                    line.cell(row[at])
        self.page.ln(2)

    def finished(self) -> bytes:
        """The PDF."""
        return bytes(self.page.output())

    @property
    def _is_rtl(self) -> bool:
        return self.words.direction == "rtl"

    def _ends_at(self, width: float) -> float:
        """Where something so wide begins to end at the right margin."""
        return self.margin + self.width - width

    def _sized(self, style: Text) -> None:
        self.page.set_font_size(style.size)
        self.page.cell(0, 0, " ", new_x="LEFT", new_y="TOP")  # names the font on the page: fpdf2 2.8 forgets it

    def _code(self, code: Code, x: float, y: float, across: float, down: float) -> None:
        self.page.set_fill_color(0)
        for each in code.dark:
            left, top = x + each.x * across, y + each.y * down
            self.page.rect(left, top, each.width * across, each.height * down, style="F")


def _plain() -> object:
    from fpdf.fonts import FontFace  # noqa: PLC0415 - as above

    return FontFace(fill_color=(235, 235, 235))
