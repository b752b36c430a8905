"""What a carrier is handed with a claim, as a table: CSV (RFC 4180), which every carrier's form and desk takes.

Three parts under one header: the case, the goods with their value, and the proof: every scan, with the carrier's own
words. Instants are UTC (ISO 8601), amounts what was paid, tax included. Of the shopper it names the country and
postcode it went to; what the carrier wrote of its scans stands there as it came, and may name who took a parcel in.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from plugin.documents.spreadsheet import table
from plugin.domain.money import Money, exponent
from plugin.domain.tracking.shipment import Shipment
from plugin.domain.tracking.steps import Step
from plugin.ports.carrier_file import CarrierFile

COLUMNS: Final = ("part", "name", "value", "quantity", "amount", "currency", "at", "words")
_Row = tuple[str, ...]


def carrier_claim_file(file: CarrierFile) -> bytes:
    """The table."""
    return b"".join(table(COLUMNS, (*_case(file), *_goods(file), *_proof(file))))


def _case(file: CarrierFile) -> Iterator[_Row]:
    record, order = file.record, file.stored.order
    address = order.shopper.delivery
    yield _said("claim", record.claim_number)
    yield _said("sender", file.shop.name)
    yield _said("order", order.number)
    yield _said("reason", record.reason)
    for parcel in record.parcels:
        yield _said("parcel", parcel.number or "", words=parcel.carrier or "")
    yield _said("destination", " ".join(filter(None, (order.place.country, address.postcode if address else None))))
    yield _worth("case", "claimed", record.value)
    yield _said("notify_by", "", at=record.notice_by)
    if record.reference:
        yield _said("reference", record.reference)


def _goods(file: CarrierFile) -> Iterator[_Row]:
    known = {line.id: line for line in file.stored.order.lines}
    for line in file.lines:
        sold = known.get(line.order_line)
        title = sold.title if sold else line.order_line
        yield _worth("goods", title, line.judged.price, (sold.sku if sold else None) or "", str(line.quantity))


def _proof(file: CarrierFile) -> Iterator[_Row]:
    for shipment in file.shipments:
        yield from _journey(shipment)


def _journey(shipment: Shipment) -> Iterator[_Row]:
    number = shipment.number
    at = _instant(shipment.shipped_at) if shipment.shipped_at else ""
    yield ("proof", "handed_over", number.number, "", "", "", at, number.carrier or "")
    for step in shipment.timeline().steps:
        yield ("proof", step.status.value, number.number, "", "", "", _instant(step.happened.at), _words(step))


def _words(step: Step) -> str:
    place = step.told.place
    return ", ".join(filter(None, (step.told.quote, place.words, place.country)))


def _said(name: str, value: str, *, at: datetime | None = None, words: str = "") -> _Row:
    return ("case", name, value, "", "", "", _instant(at) if at else "", words)


def _worth(part: str, name: str, amount: Money, value: str = "", quantity: str = "") -> _Row:
    figure = f"{amount.decimal():.{exponent(amount.currency)}f}"
    return (part, name, value, quantity, figure, amount.currency, "", "")


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
