"""What stands beside a product, in the shapes of the contract; both renderings are made from this."""

from flask import current_app, url_for

from plugin.domain.artwork_size import Size
from plugin.domain.certificates import Certificate
from plugin.domain.clocks.engine import Law
from plugin.domain.policy.repair import RepairInformation
from plugin.domain.shop import Shop
from plugin.i18n import Catalogue
from plugin.usecases.quote_product import ProductQuote, ShownArtwork
from plugin.web.storefront.schemas import (
    DocumentList,
    Link,
    OfficialArtwork,
    ProductDocument,
    ProductInformationAnswer,
    RepairLine,
    RepairList,
)
from plugin.wording.product_information import (
    RepairRow,
    file_text,
    label_text,
    notice_transcript,
    repair_rows,
    validity_text,
)

_SHEET = Size(210, 297)
"""The place kept for artwork that names no size: ISO 216 A4, the least a printed notice measures."""


def product_information_answer(
    quote: ProductQuote, law: Law, words: Catalogue, *, is_default: bool
) -> ProductInformationAnswer:
    """The answer; every part of it None where there is nothing to show."""
    return ProductInformationAnswer(
        version=f"{law.rulebook.version} {law.calendar.version}",
        language=words.language,
        direction=words.direction,
        country=quote.country,
        is_default=is_default,
        heading=words.text("product.heading"),
        documents=_documents(quote, words) if quote.certificates else None,
        repair=_repair(quote.repair, words) if quote.repair else None,
        label=_label(quote, words),
        notice=_notice(quote, words),
    )


def _documents(quote: ProductQuote, words: Catalogue) -> DocumentList:
    items = tuple(_document(each, quote.shop, words) for each in quote.certificates)
    return DocumentList(heading=words.text("document.product"), items=items)


def _document(certificate: Certificate, shop: Shop, words: Catalogue) -> ProductDocument:
    return ProductDocument(
        kind=certificate.kind.value,
        name=certificate.name,
        url=_absolute(url_for("documents.certificate", shop_key=shop.key, certificate=certificate.id)),
        file=file_text(certificate.file, words),
        validity=validity_text(certificate, words),
        expires_on=certificate.expires_on,
    )


def _repair(repair: RepairInformation, words: Catalogue) -> RepairList:
    rows = tuple(_line(each) for each in repair_rows(repair, words))
    return RepairList(heading=words.text("repair.heading"), rows=rows)


def _line(row: RepairRow) -> RepairLine:
    link = Link(text=row.link, url=row.address) if row.link else None
    return RepairLine(term=row.term, text=row.text, language=row.language, link=link)


def _label(quote: ProductQuote, words: Catalogue) -> OfficialArtwork | None:
    if quote.label is None:
        return None
    said = label_text(quote.label.label, words)
    return _artwork(quote.label.shown, quote.shop, said, words.text("document.label"), said)


def _notice(quote: ProductQuote, words: Catalogue) -> OfficialArtwork | None:
    if quote.notice is None:
        return None
    heading, transcript = words.text("right.legal_guarantee"), notice_transcript(words)
    alt = " ".join(transcript) or heading
    return _artwork(quote.notice, quote.shop, heading, words.text("product.transcript"), alt, transcript)


def _artwork(
    shown: ShownArtwork, shop: Shop, heading: str, action: str, alt: str, transcript: tuple[str, ...] = ()
) -> OfficialArtwork:
    size = shown.size or _SHEET
    return OfficialArtwork(
        heading=heading,
        action=action,
        url=_absolute(url_for("documents.artwork", shop_key=shop.key, artwork=shown.artwork.id)),
        is_picture=shown.artwork.file.media_type != "application/pdf",
        width=size.width,
        height=size.height,
        alt=alt,
        transcript=transcript,
    )


def _absolute(path: str) -> str:
    return f"{current_app.config['BASE_URL']}{path}"
