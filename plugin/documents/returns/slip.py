"""The return slip: whose parcel it is, where it goes, what is in it, how to pack it."""

from plugin.documents.returns.addresses import place_lines
from plugin.documents.returns.canvas import BODY, SMALL, STRONG, TITLE, Canvas, Text
from plugin.domain.returning.papers import ReturnSlip
from plugin.i18n import Catalogue, catalogue

_CODE_MM = 32.0
_QUANTITY_SHARE = 12


def slip_pdf(slip: ReturnSlip) -> bytes:
    """The slip on A4, in the order's language; both codes hold the claim's number."""
    words = catalogue(slip.language)
    canvas = Canvas(words, words.text("paper.slip"), _text(slip, words))
    top, beside = canvas.page.get_y(), canvas.width - _CODE_MM
    canvas.write(words.text("paper.slip"), TITLE, width=beside)
    canvas.write(slip.shop, STRONG, width=beside)
    canvas.write(f"{words.text('paper.claim')}: {slip.claim_number}", STRONG, width=beside)
    canvas.write(f"{words.text('paper.order')}: {slip.order_number}", width=beside)
    canvas.qr_code(slip.claim_number, side=_CODE_MM, y=top)
    canvas.page.set_y(max(canvas.page.get_y(), top + _CODE_MM) + 2)
    canvas.bar_code(slip.claim_number, height=16, width=90)
    canvas.rule()
    canvas.write(words.text("paper.to"), SMALL)
    for line in place_lines(slip.to, words):
        canvas.write(line, Text(12, 0.2))
    canvas.page.ln(2)
    if slip.send_by:
        canvas.write(words.text("paper.send_by", day=slip.send_by), STRONG)
    canvas.write(words.text("paper.goods"), STRONG)
    heads = [words.text("paper.goods"), words.text("paper.quantity")]
    rows = [[line.title, words.number(line.quantity)] for line in slip.lines]
    canvas.table(heads, rows, [100 - _QUANTITY_SHARE, _QUANTITY_SHARE])
    canvas.write(words.text("paper.packing"), STRONG)
    for number, rule in enumerate(slip.rules, start=1):
        canvas.write(f"{words.number(number)}. {words.text(f'paper.rule.{rule.value}')}", BODY)
    return canvas.finished()


def _text(slip: ReturnSlip, words: Catalogue) -> str:
    """Everything the slip says."""
    rules = (words.text(f"paper.rule.{rule.value}") for rule in slip.rules)
    lines = (line.title for line in slip.lines)
    heads = (words.text(f"paper.{name}") for name in ("slip", "claim", "order", "to", "goods", "quantity", "packing"))
    day = words.text("paper.send_by", day=slip.send_by) if slip.send_by else ""
    return "\n".join((slip.shop, slip.order_number, day, *heads, *rules, *lines, *place_lines(slip.to, words)))
