"""The papers of an installation: which law they follow and where their own addresses are."""

from functools import partial
from urllib.parse import quote, urlencode

from plugin.documents.confirmation import confirmation_of
from plugin.documents.mail import Masthead
from plugin.documents.pdf import as_pdf
from plugin.documents.sheet import inserts_of, sheet_of
from plugin.documents.shop_masthead import order_masthead
from plugin.domain.clocks.engine import Law
from plugin.domain.legal_documents import LegalDocument, Piece
from plugin.domain.policy.identity import ReturnAddress, Trader
from plugin.i18n import Catalogue
from plugin.ports.confirmation import ToConfirm
from plugin.ports.papers import Paper, Papers
from plugin.ports.secrets import Secrets
from plugin.usecases.withdrawal_link import order_link_token


def papers(law: Law, base_url: str, secrets: Secrets | None = None) -> Papers:
    """Documents under this law; links begin with `base_url` (no trailing slash).

    With `secrets` the way to withdraw knows the order it stands in a confirmation of.
    """

    def around(given: ToConfirm, words: Catalogue) -> Masthead:
        shop, stored = given.shop, given.stored
        token = order_link_token(stored.id, shop.id, secrets) if secrets else ""
        return order_masthead(shop, stored.order, words, law, base_url, token)

    def link(shop_key: str, piece: Piece, country: str | None, language: str) -> str:
        asked = urlencode({"country": country or "", "lang": language})
        return f"{base_url}/s/{quote(shop_key)}/documents/{piece.value}.pdf?{asked}"

    return Papers(fill, confirmation_of(law, link, around))


def fill(document: LegalDocument, trader: Trader | None, return_to: ReturnAddress | None) -> Paper | None:
    """The document filled in; None while something it leaves room for is not known."""
    sheet = sheet_of(document, inserts_of(trader, document.language, return_to=return_to))
    return Paper(sheet.language, sheet.text, partial(as_pdf, sheet)) if sheet else None
