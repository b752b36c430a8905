"""The after-sales page as the draft would make it, through the templates that shoppers' pages are made with."""

from flask import Response

from plugin.domain.errors import NotFound
from plugin.domain.shop import Shop
from plugin.i18n import PAGE_LANGUAGES, catalogue, negotiate
from plugin.usecases.quote_page import quote_draft_page
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import words
from plugin.web.admin.policy.desk import find_draft
from plugin.web.admin.policy.preview import asked
from plugin.web.aftersales import pages
from plugin.web.deps import deps


def show() -> Response:
    """The after-sales page the draft would make, for the country and language the address asks for.

    Raises `NotFound` while nobody writes a draft, it cannot be read, or there is no shop whose page it would be.
    """
    review, shop = find_draft(), first_shop()
    if review is None or review.version is None or shop is None:
        raise NotFound({"field": "draft"})
    wanted = asked(review.version, "", words())
    language = negotiate(wanted.language, None, among=PAGE_LANGUAGES)
    quote = quote_draft_page(shop, wanted.country, review.version, deps().law)
    return pages.draft_page(quote, catalogue(language), deps().clock.now())


def first_shop() -> Shop | None:
    """The shop whose page is shown; every shop of a merchant promises the same."""
    with deps().units.read(presence().merchant) as unit:
        return next(iter(unit.shops.all()), None)
