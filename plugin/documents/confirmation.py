"""The order confirmation: every line's rights, the withdrawal documents word for word, the warranty, who sells.

It is the durable medium itself, so the documents stand in it and are not only linked (Directive 2011/83/EU art. 8(7);
a link alone does not do: CJEU C-49/11, Content Services).
"""

from collections.abc import Callable, Iterator

from plugin.documents.confirmation_warranty import line_rights, warranty_blocks
from plugin.documents.mail import Block, Heading, Items, Legal, Link, Masthead, Paragraph, write
from plugin.documents.mail.fragment import as_fragment
from plugin.documents.sheet import Sheet, inserts_of, sheet_of, trader_line
from plugin.domain.clocks.engine import Law
from plugin.domain.entitlement import ClockState, LineEntitlements
from plugin.domain.legal_documents import (
    LegalDocument,
    Piece,
    digest_of,
    legal_document,
    prescribes_documents,
)
from plugin.domain.order import OrderLine
from plugin.domain.shown import ShownText
from plugin.domain.stored import StoredOrder
from plugin.i18n import Catalogue, catalogue
from plugin.ports.confirmation import Confirm, Confirmation, ToConfirm
from plugin.wording.badge import badge
from plugin.wording.order_language import language_of
from plugin.wording.panel import WordedLine, clock_lines

Address = Callable[[str, Piece, str | None, str], str]
"""From a shop's key, a piece, a country and a language to the address of the PDF."""
Handed = tuple[LegalDocument, Sheet]
Around = Callable[[ToConfirm, Catalogue], Masthead]
"""What stands above and below the letter of an order."""


def confirmation_of(law: Law, link: Address, around: Around) -> Confirm:
    """Words confirmations under a law."""

    def confirm(given: ToConfirm) -> Confirmation:
        words = catalogue(language_of(given.stored.order, given.policy))
        handed = tuple(_documents(given, law, words))
        blocks = tuple(_blocks(given, handed, law, link, words))
        subject = words.text("document.order", number=given.stored.order.number)
        masthead = around(given, words)
        mail = write("", subject, (Heading(subject), *blocks), words, masthead)
        return Confirmation(
            language=words.language,
            subject=mail.subject,
            text=mail.text,
            html=as_fragment(subject, (*blocks, *masthead.links), words),
            letter=mail.html or "",
            shown=tuple(_shown(given, handed, mail.text, words)),
        )

    return confirm


def _blocks(given: ToConfirm, handed: tuple[Handed, ...], law: Law, link: Address, words: Catalogue) -> Iterator[Block]:
    order = given.stored.order
    yield Paragraph(words.text("document.keep", number=order.number))
    bought = {line.id: line for line in order.lines}
    for line in given.lines:
        said = (*_promised(bought[line.line], given, law, words), *_rights(line, words, given))
        yield Heading(bought[line.line].title)
        yield Items(said)
    for document, sheet in handed:
        name = words.text(f"document.{_NAMES[document.piece]}")
        address = link(given.shop.key, document.piece, order.place.country, words.language)
        yield Heading(name)
        if sheet.notice:
            yield Paragraph(sheet.notice)
        yield Link(f"{name} (PDF)", address)
        yield Legal(sheet.title, sheet.paragraphs, document.language)
    yield from warranty_blocks(given, law, words)
    if given.policy is not None:
        trader = given.policy.trader_of(given.policy.for_country(order.place.country))
        if trader is not None:
            yield Heading(words.text("page.seller"))
            yield Paragraph(trader_line(trader, words))


_NAMES = {Piece.INSTRUCTION: "instruction", Piece.FORM: "form"}


def _promised(line: OrderLine, given: ToConfirm, law: Law, words: Catalogue) -> Iterator[str]:
    """The lengths, as the badge at the product says them; a business has the commercial promises only."""
    country = given.stored.order.place.country
    if country is not None and not given.stored.order.is_business:
        lines = badge(line_rights(line, country, given, law), words).lines
        yield from (f"{each.label}: {each.text}" for each in lines)


def _rights(line: LineEntitlements, words: Catalogue, given: ToConfirm) -> Iterator[str]:
    for worded in clock_lines(line, words, given.at):
        if worded.is_statutory or worded.state is not ClockState.NOT_APPLICABLE:
            yield _right(worded)


def _right(worded: WordedLine) -> str:
    said = " ".join(part for part in (worded.sentence, worded.payer) if part)
    return f"{worded.title} ({worded.label}): {said}"


def _documents(given: ToConfirm, law: Law, words: Catalogue) -> Iterator[Handed]:
    """The prescribed documents whose words are at hand; none for a business or where the law prescribes none."""
    order, country = given.stored.order, given.stored.order.place.country
    place = law.rulebook.jurisdictions.get(country) if country else None
    if order.is_business or given.policy is None or not prescribes_documents(place):
        return
    trader = given.policy.trader_of(given.policy.for_country(country))
    for piece in Piece:
        document = legal_document(piece, words.language, country, given.attested)
        sheet = sheet_of(document, inserts_of(trader, document.language)) if document else None
        if document is not None and sheet is not None:
            yield document, sheet


def _shown(given: ToConfirm, handed: tuple[Handed, ...], text: str, words: Catalogue) -> Iterator[ShownText]:
    """What to be able to prove later: each document's words, the policy's version, and the confirmation whole."""
    stored: StoredOrder = given.stored
    for document, sheet in handed:
        what, digest = document.piece.value, digest_of(sheet.text)
        yield ShownText(stored.id, what, document.language, document.version, digest, given.at)
    version = given.policy.id if given.policy else ""
    yield ShownText(stored.id, "confirmation", words.language, version, digest_of(text), given.at)
