"""List what a shop hands out to shoppers of one country in a language: only what its addresses have."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plugin.domain.artwork import Label, artwork_of, label_for, notice_in
from plugin.domain.certificates import Certificate, shown_for
from plugin.domain.clocks.engine import Law
from plugin.domain.legal_documents import AttestedText, Piece, Standing, legal_document, prescribes_documents
from plugin.domain.policy.scope import Item
from plugin.ports.papers import Fill
from plugin.ports.unit_of_work import Units
from plugin.usecases.quote_document import return_address
from plugin.usecases.quote_page import PageQuote

_STAND_IN = frozenset({Piece.FORM})
"""Offered in English where the reader's language has none: no contract may go without it (art. 6(1)(h))."""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A prescribed document; `language` is that of its words, which may be English in place of the reader's."""

    piece: Piece
    language: str


@dataclass(frozen=True, slots=True)
class ShopDocuments:
    """What is there. `label` and `certificates` are those of everything the shop sells; others stand at their goods."""

    pieces: tuple[HandedOut, ...]
    has_notice: bool
    label: Label | None
    certificates: tuple[Certificate, ...]


def list_documents(
    quote: PageQuote, language: str, *, units: Units, law: Law, fill: Fill, now: datetime
) -> ShopDocuments:
    """The documents at `now`; form, instruction and notice only where the law of the Union prescribes them.

    Directive 2011/83/EU Annex I (form, instruction) and art. 6(1)(l) with Regulation (EU) 2025/1960 (notice).
    """
    with units.read(quote.shop.merchant) as unit:
        attested, artworks, certificates = unit.attested.all(), unit.artworks.all(), unit.certificates.all()
    is_prescribed = prescribes_documents(law.rulebook.jurisdictions.get(quote.country))
    label = label_for(Item(), quote.policy)
    return ShopDocuments(
        tuple(_pieces(quote, language, tuple(attested), fill)) if is_prescribed else (),
        has_notice=is_prescribed and notice_in(language, artworks) is not None,
        label=label if label and artwork_of(label, language, artworks) else None,
        certificates=shown_for(Item(), certificates, now.date()),
    )


def _pieces(quote: PageQuote, language: str, attested: tuple[AttestedText, ...], fill: Fill) -> Iterator[HandedOut]:
    policy, market = quote.policy, quote.market
    trader = policy.trader_of(market) if policy and market else None
    for piece in Piece:
        document = legal_document(piece, language, quote.country, attested)
        if document is None or (document.standing is Standing.NEEDED and piece not in _STAND_IN):
            continue
        if fill(document, trader, return_address(policy, market)) is not None:
            yield HandedOut(piece, document.language)
