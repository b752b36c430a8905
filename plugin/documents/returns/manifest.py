"""A hub's manifest: every parcel of a batch, in the merchant's language."""

from babel.dates import format_date

from plugin.documents.returns.addresses import place_lines
from plugin.documents.returns.canvas import SMALL, STRONG, TITLE, Canvas, Text
from plugin.domain.returning.batch import BatchState, HubBatch
from plugin.i18n import Catalogue, catalogue

_GRAMS_A_KILOGRAM = 1000


def manifest_pdf(batch: HubBatch, language: str) -> bytes:
    """The manifest on A4; the code holds the batch's name. While a batch is open it says that it is not final."""
    words = catalogue(language)
    name = batch_name(batch)
    title = f"{words.text('returns.manifest')} {name}"
    facts = _facts(batch, words)
    heads = [words.text(f"returns.{key}") for key in ("claim", "order_units", "received", "weight")]
    rows = [
        [
            parcel.claim_number,
            words.number(sum(line.quantity for line in parcel.lines)),
            format_date(parcel.received_at, "medium", locale=words.locale),
            _weight(parcel.grams, words),
        ]
        for parcel in batch.parcels
    ]
    hub = place_lines(batch.hub, words)
    canvas = Canvas(words, title, "\n".join((title, *facts, *heads, *hub, *(cell for row in rows for cell in row))))
    canvas.write(title, TITLE)
    canvas.bar_code(name, height=14, width=80)
    for line in hub:
        canvas.write(line, Text(10, 0.1))
    canvas.page.ln(2)
    for fact in facts:
        canvas.write(fact, STRONG if fact is facts[0] else SMALL)
    canvas.table(heads, rows, [34, 16, 26, 24])
    return canvas.finished()


def batch_name(batch: HubBatch) -> str:
    """How people call it: the hub's id and the batch's number."""
    return f"{batch.hub.id}-{batch.number}"[:40].upper()


def _facts(batch: HubBatch, words: Catalogue) -> list[str]:
    total = _weight(batch.grams, words)
    key = "returns.sum" if batch.is_weighed else "returns.sum_at_least"
    facts = [words.text(key, count=len(batch.parcels), weight=total)]
    if batch.state is BatchState.OPEN:
        facts.append(words.text("returns.still_open"))
    if batch.closed_at:
        day = format_date(batch.closed_at, "medium", locale=words.locale)
        facts.append(words.text("returns.closed_on", when=day))
    return facts


def _weight(grams: int | None, words: Catalogue) -> str:
    return words.text("returns.not_weighed") if grams is None else f"{grams / _GRAMS_A_KILOGRAM:.3f} kg"
