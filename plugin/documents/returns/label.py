"""The address label of 102 x 152 mm, for a carrier the shopper chooses; and a merchant's picture put on that size."""

from io import BytesIO

from plugin.documents.returns.addresses import place_lines, sender_lines
from plugin.documents.returns.canvas import LABEL, SMALL, Canvas, Text
from plugin.domain.returning.papers import AddressLabel
from plugin.i18n import catalogue

_CODE_MM = 30.0
_FOOT_MM = 40.0
_LARGE = Text(15, 0.5)


def address_label_pdf(label: AddressLabel) -> bytes:
    """The label; addresses are written for carriers, so countries are named in English too."""
    words, english = catalogue(label.language), catalogue("en")
    place = [*place_lines(label.to, words)]
    named = english.country(label.to.address.country)
    if named not in place:
        place.append(named)
    sender = sender_lines(label.sender, words) if label.sender else ()
    heads = [words.text(key) for key in ("paper.from", "paper.to", "paper.unpaid")]
    canvas = Canvas(words, words.text("paper.to"), "\n".join((*heads, *place, *sender)), LABEL)
    canvas.write(heads[0], SMALL)
    for line in sender:
        canvas.write(line, Text(9, 0.1))
    canvas.page.ln(2)
    canvas.rule()
    canvas.write(heads[1], SMALL)
    for line in place:
        canvas.write(line, _LARGE)
    _foot(canvas, label.claim_number, heads[2])
    return canvas.finished()


def picture_label_pdf(content: bytes) -> bytes:
    """A picture as large as the label allows, upright."""
    words = catalogue("en")
    canvas = Canvas(words, words.text("paper.to"), "", LABEL)
    canvas.page.image(BytesIO(content), 2, 2, LABEL[0] - 4, LABEL[1] - 4, keep_aspect_ratio=True)
    return canvas.finished()


def _foot(canvas: Canvas, number: str, unpaid: str) -> None:
    top = max(canvas.page.get_y() + 2, LABEL[1] - canvas.margin - _FOOT_MM)
    canvas.page.set_auto_page_break(auto=False)
    canvas.page.set_y(top)
    canvas.rule()
    below = canvas.page.get_y()
    canvas.qr_code(number, side=_CODE_MM, y=below)
    canvas.page.set_y(below + 3)
    canvas.bar_code(number, height=17, width=canvas.width - _CODE_MM - 1)
    canvas.write(unpaid, SMALL, width=canvas.width - _CODE_MM - 1)
