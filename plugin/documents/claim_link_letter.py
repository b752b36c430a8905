"""The letter that brings a shopper the link to their orders."""

from plugin.documents.mail import Button, Heading, Masthead, Paragraph, write
from plugin.domain.shop import Shop
from plugin.i18n import catalogue
from plugin.ports.claim_drafts import LinkRequest
from plugin.ports.letters import ClaimLinkLetter
from plugin.ports.mailer import Mail


def claim_link_letter(base_url: str) -> ClaimLinkLetter:
    """Words it; the link begins with `base_url` (no trailing slash)."""

    def letter(shop: Shop, wish: LinkRequest, token: str) -> Mail:
        words = catalogue(wish.language)
        subject = words.text("claim.link.subject", shop=shop.name)
        blocks = (
            Heading(subject),
            Paragraph(words.text("claim.link.text")),
            Button(words.text("claim.link.open"), f"{base_url}/s/{shop.key}/claim/{token}?lang={words.language}"),
            Paragraph(words.text("claim.link.ignore"), is_quiet=True),
        )
        return write(wish.email, subject, blocks, words, Masthead(shop.name))

    return letter
