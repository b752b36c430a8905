"""Hand out the papers of a parcel that goes back, each by the id of its label, and a hub's manifest.

Whoever calls has made sure that the reader may see the claim; here only the merchant's own records are found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta

from plugin.domain.ids import BatchId, LabelId, LineId, MerchantId
from plugin.domain.law.zones import delivery_place
from plugin.domain.order import Order
from plugin.domain.returning.customs import CustomsRequest, Export, GoodsFacts, customs_paper
from plugin.domain.returning.customs_facts import crosses_a_border
from plugin.domain.returning.errors import UnknownLabel
from plugin.domain.returning.label import Label, LabelFile, LabelSource, LabelState
from plugin.domain.returning.papers import AddressLabel, ReturnSlip, SlipLine, packing_rules
from plugin.ports.files import Files
from plugin.ports.return_papers import ReturnPapers
from plugin.ports.unit_of_work import UnitOfWork, Units
from plugin.usecases.request_label import country_of

_ENGLISH = "en"
_PDF = "application/pdf"
_NOTHING_KNOWN: Mapping[LineId, GoodsFacts] = {}


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A label with what its papers are made from."""

    label: Label
    order: Order
    country: str | None
    shop: str

    @property
    def language(self) -> str:
        """The order's."""
        return self.order.language or _ENGLISH

    @property
    def crosses_a_border(self) -> bool:
        """Whether customs is told."""
        return crosses_a_border(self.country, self.label.to.address.country)


@dataclass(frozen=True, slots=True)
class LabelPaper:
    """A label as PDF."""

    content: bytes = field(repr=False)
    media_type: str = _PDF


def slip_pdf(label: LabelId, *, merchant: MerchantId, units: Units, papers: ReturnPapers) -> bytes:
    """The slip that goes into the parcel, in the order's language. Raises `UnknownLabel`."""
    parcel = _parcel(label, merchant, units)
    known, order = parcel.label, parcel.order
    titles = {line.id: ", ".join(filter(None, (line.title, line.variant_title))) for line in order.lines}
    slip = ReturnSlip(
        claim_number=known.claim_number,
        order_number=order.number,
        shop=parcel.shop,
        language=parcel.language,
        to=known.to,
        lines=tuple(SlipLine(titles.get(each.line, each.line), each.quantity) for each in known.lines),
        source=known.source,
        send_by=_last_day(known, order, parcel.country),
        rules=packing_rules(known.source, crosses_a_border=parcel.crosses_a_border),
    )
    return papers.slip(slip)


def label_pdf(label: LabelId, *, merchant: MerchantId, units: Units, files: Files, papers: ReturnPapers) -> LabelPaper:
    """The label itself: the carrier's, the merchant's, or an address slip of ours.

    Raises `UnknownLabel` while there is none, once its file is gone, and once it was closed or ran out.
    """
    parcel = _parcel(label, merchant, units)
    known = parcel.label
    if known.state is not LabelState.ISSUED:
        raise UnknownLabel({"label": label})
    if known.source is LabelSource.ADDRESS:
        sender = parcel.order.shopper.delivery
        return LabelPaper(papers.address_label(AddressLabel(known.claim_number, parcel.language, known.to, sender)))
    if known.file is None:
        raise UnknownLabel({"label": label})
    content = _file(known.id, known.file, merchant, units, files)
    return LabelPaper(content if known.file.media_type == _PDF else papers.picture_label(content))


def customs_pdf(
    label: LabelId,
    *,
    merchant: MerchantId,
    units: Units,
    papers: ReturnPapers,
    goods: Mapping[LineId, GoodsFacts] = _NOTHING_KNOWN,
    export: Export | None = None,
) -> bytes | None:
    """The declaration of returned goods; None where the parcel crosses no border. Raises `UnknownLabel`."""
    parcel = _parcel(label, merchant, units)
    known = parcel.label
    if parcel.country is None or not parcel.crosses_a_border:
        return None
    lines, exported = known.lines, export or Export()
    request = CustomsRequest(known.claim_number, lines, known.to, parcel.country, goods, exported, known.grams)
    return papers.customs(customs_paper(request, parcel.order), parcel.language)


def needs_customs(label: Label, *, unit: UnitOfWork) -> bool:
    """Whether the parcel goes with a customs paper."""
    return crosses_a_border(country_of(label.order, unit), label.to.address.country)


def manifest_pdf(batch: BatchId, language: str, *, merchant: MerchantId, units: Units, papers: ReturnPapers) -> bytes:
    """What a batch holds, in the merchant's language. Raises `UnknownBatch`."""
    with units.read(merchant) as unit:
        return papers.manifest(unit.hub_batches.get(batch), language)


def _parcel(label: LabelId, merchant: MerchantId, units: Units) -> _Parcel:
    with units.read(merchant) as unit:
        known = unit.labels.get(label)
        stored = unit.orders.get(known.order)
        return _Parcel(known, stored.order, country_of(known.order, unit), unit.shops.get(stored.shop).name)


def _file(label: LabelId, file: LabelFile, merchant: MerchantId, units: Units, files: Files) -> bytes:
    with units.read(merchant) as unit:
        cipher = unit.labels.cipher(label)
    return b"".join(cipher.open(file.object, files))


def _last_day(label: Label, order: Order, country: str | None) -> date | None:
    """The last day the goods may be sent, where the shopper is."""
    if label.wanted_until is None:
        return None
    delivery = order.shopper.delivery
    place = delivery_place(country, order.place.state, delivery.postcode if delivery else None) if country else None
    return (label.wanted_until - timedelta(microseconds=1)).astimezone(place.zone if place else UTC).date()
