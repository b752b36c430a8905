"""Letters about a declaration of withdrawal: the acknowledgement of receipt, and the notice to the order's address."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from plugin.documents.mail import Block, Button, Facts, Heading, Paragraph, write
from plugin.documents.shop_masthead import order_masthead, shop_masthead
from plugin.domain.declaration import Declaration
from plugin.domain.law.in_force import Law
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.i18n import Catalogue, catalogue
from plugin.ports.declaration_letters import DeclarationLetters
from plugin.ports.mailer import Mail
from plugin.ports.secrets import Secrets
from plugin.usecases.withdrawal_link import proof_token
from plugin.wording.order_language import language_of
from plugin.wording.withdrawal import receipt_rows, statement_rows

_LINKED = re.compile(r"(?<=\S)([.:@])(?=\S)")
_JOINER = "\u2060"
"""Invisible and of no width: it only keeps mail programs from taking what somebody typed for an address to open."""


def declaration_letters(law: Law, base_url: str, secrets: Secrets) -> DeclarationLetters:
    """Words them; links begin with `base_url` (no trailing slash)."""

    def acknowledgement(declaration: Declaration, shop: Shop) -> Mail:
        words, said = catalogue(declaration.language), declaration.statement
        typed = statement_rows(said, words) if said else ()
        rows = (*receipt_rows(declaration, words), *((name, unlinked(value)) for name, value in typed))
        blocks = (
            Heading(words.text("withdraw.received")),
            Facts(rows),
            Paragraph(words.text("withdraw.receipt")),
        )
        subject = words.text("withdraw.subject", number=declaration.number)
        masthead = shop_masthead(shop, declaration.country, words, rulebook=law.rulebook, base_url=base_url)
        return write(said.reply_to if said else "", subject, blocks, words, masthead)

    def notice(declaration: Declaration, shop: Shop, stored: StoredOrder) -> Mail:
        order = stored.order
        words = catalogue(language_of(order))
        link = (
            f"{base_url}/s/{quote(shop.key)}/withdraw/proof/{proof_token(declaration, secrets)}?lang={words.language}"
        )
        subject = words.text("withdraw.told.subject", number=order.number)
        blocks = (Heading(subject), *_told(declaration, link, words))
        return write(
            order.shopper.email or "", subject, blocks, words, order_masthead(shop, order, words, law, base_url)
        )

    return DeclarationLetters(acknowledgement, notice)


def unlinked(text: str) -> str:
    """Typed text that looks the same and that no program makes a link of: it may be a stranger's, in our letter."""
    return _LINKED.sub(rf"\1{_JOINER}", text)


def _told(declaration: Declaration, link: str, words: Catalogue) -> Iterator[Block]:
    yield Facts(receipt_rows(declaration, words))
    if declaration.is_proven:
        yield Paragraph(words.text("withdraw.told.proven"))
        return
    yield Paragraph(words.text("withdraw.told.unproven"))
    yield Button(words.text("withdraw.told.button"), link)
    yield Paragraph(words.text("withdraw.told.ignore"), is_quiet=True)
