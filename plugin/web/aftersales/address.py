"""Addresses of the page: one canonical address for each shop, language and country."""

from flask import current_app, url_for

from plugin.i18n import CLAIM_LANGUAGES, PAGE_LANGUAGES, negotiate
from plugin.web.proxied import hosted

_PAGE = "aftersales.pages.page"


def page_address(shop_key: str, language: str, country: str, *, embed: bool = False) -> str:
    """The page's path on this server."""
    return url_for(_PAGE, shop_key=shop_key, language=language, country=country, embed="1" if embed else None)


def absolute(path: str) -> str:
    """The address as others know it."""
    return hosted(path)


def claim_address(shop_key: str, language: str) -> str | None:
    """Where a claim is begun, in this language; None where those pages are not served or not written in it."""
    if "portal" not in current_app.blueprints or language not in CLAIM_LANGUAGES:
        return None
    return url_for("portal.find", shop_key=shop_key, lang=language)


def page_language(asked: str) -> str | None:
    """The language the page has for a tag somebody wrote, None where it has none."""
    return negotiate(asked, None, among=PAGE_LANGUAGES, otherwise="") or None
