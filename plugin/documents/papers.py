"""The papers of an installation: which law they follow and where their own addresses are."""

from functools import partial
from urllib.parse import quote, urlencode

from plugin.documents.confirmation import confirmation_of
from plugin.documents.pdf import as_pdf
from plugin.documents.sheet import inserts_of, sheet_of
from plugin.domain.clocks.engine import Law
from plugin.domain.legal_documents import LegalDocument, Piece
from plugin.domain.policy.identity import ReturnAddress, Trader
from plugin.ports.papers import Paper, Papers


def papers(law: Law, base_url: str) -> Papers:
    """Documents under this law; links begin with `base_url` (no trailing slash)."""

    def link(shop_key: str, piece: Piece, country: str | None, language: str) -> str:
        asked = urlencode({"country": country or "", "lang": language})
        return f"{base_url}/s/{quote(shop_key)}/documents/{piece.value}.pdf?{asked}"

    return Papers(fill, confirmation_of(law, link))


def fill(document: LegalDocument, trader: Trader | None, return_to: ReturnAddress | None) -> Paper | None:
    """The document filled in; None while something it leaves room for is not known."""
    sheet = sheet_of(document, inserts_of(trader, document.language, return_to=return_to))
    return Paper(sheet.language, sheet.text, partial(as_pdf, sheet)) if sheet else None
