"""The letter that brings a shopper the link to their orders."""

from collections.abc import Mapping, Sequence
from typing import Final

from plugin.documents.mail import Button, Heading, Masthead, Paragraph, write
from plugin.documents.shop_masthead import order_masthead
from plugin.domain.law.in_force import Law
from plugin.domain.order import Order
from plugin.domain.shop import Shop
from plugin.i18n import Catalogue, catalogue
from plugin.ports.claim_drafts import LinkPurpose, LinkRequest
from plugin.ports.letters import ClaimLinkLetter
from plugin.ports.mailer import Mail

_WAYS: Final[Mapping[LinkPurpose, tuple[str, str]]] = {
    LinkPurpose.CLAIM: ("claim", "claim.link.open"),
    LinkPurpose.TRACKING: ("tracking/of", "tracking.follow"),
}
"""Where the link leads, and what it is called."""


def claim_link_letter(law: Law, base_url: str) -> ClaimLinkLetter:
    """Words it; links begin with `base_url` (no trailing slash)."""

    def masthead(shop: Shop, orders: Sequence[Order], words: Catalogue) -> Masthead:
        """With the way to withdraw where one of the orders has that right."""
        found = (order_masthead(shop, order, words, law, base_url) for order in orders)
        return next((head for head in found if head.links), Masthead(shop.name))

    def letter(shop: Shop, wish: LinkRequest, token: str, orders: Sequence[Order]) -> Mail:
        words = catalogue(wish.language)
        way, name = _WAYS[wish.purpose]
        subject = words.text("claim.link.subject", shop=shop.name)
        blocks = (
            Heading(subject),
            Paragraph(words.text("claim.link.text")),
            Button(words.text(name), f"{base_url}/s/{shop.key}/{way}/{token}?lang={words.language}"),
            Paragraph(words.text("claim.link.ignore"), is_quiet=True),
        )
        return write(wish.email, subject, blocks, words, masthead(shop, orders, words))

    return letter
