"""The way from a store's page into a claim, worded; whoever takes it goes on at the hosted pages."""

from collections.abc import Collection
from urllib.parse import urlencode

from flask import current_app

from plugin.domain.clocks.engine import Law
from plugin.domain.shop import Shop
from plugin.i18n import CLAIM_LANGUAGES, FALLBACK, Catalogue, catalogue, negotiate
from plugin.web.storefront.details import details_anywhere, withdrawal_anywhere
from plugin.web.storefront.schemas import ClaimEntryAnswer, Link

VERSION = "1"
"""Of the answer's form; what it says follows what is kept now."""


def claim_entry_answer(shop: Shop, asked: str | None, sold_to: Collection[str], law: Law) -> ClaimEntryAnswer:
    """The entry in a language the claim pages have, else in English as they are, with the ways beside it.

    `sold_to`: countries, so that a page which everybody is sent alike names the withdrawal function if any wants it.
    """
    words = catalogue(negotiate(asked, None, among=CLAIM_LANGUAGES, otherwise=FALLBACK))
    pages = _address(shop, words)
    return ClaimEntryAnswer(
        version=VERSION,
        language=words.language,
        direction=words.direction,
        heading=words.text("claim.find.heading"),
        lead=words.text("claim.find.lead"),
        number=words.text("claim.find.number"),
        email=words.text("claim.find.email"),
        submit=words.text("claim.find.submit"),
        action=pages,
        link=Link(text=words.text("claim.find.link"), url=f"{pages}#link"),
        details=details_anywhere(shop, words),
        withdrawal=withdrawal_anywhere(shop, sold_to, law, words),
    )


def _address(shop: Shop, words: Catalogue) -> str:
    asked = urlencode({"lang": words.language})
    return f"{current_app.config['BASE_URL']}/s/{shop.key}/claim?{asked}"
