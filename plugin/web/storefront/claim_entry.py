"""The way from a store's page into a claim, worded; whoever takes it goes on at the hosted pages."""

from urllib.parse import urlencode

from flask import current_app

from plugin.domain.shop import Shop
from plugin.i18n import CLAIM_LANGUAGES, FALLBACK, Catalogue, catalogue, negotiate
from plugin.web.storefront.schemas import ClaimEntryAnswer, Link

VERSION = "1"
"""The words hang on no policy and no law."""


def claim_entry_answer(shop: Shop, asked: str | None) -> ClaimEntryAnswer:
    """The entry in a language the claim pages have, else in English as they are."""
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
    )


def _address(shop: Shop, words: Catalogue) -> str:
    asked = urlencode({"lang": words.language})
    return f"{current_app.config['BASE_URL']}/s/{shop.key}/claim?{asked}"
