"""What the blocks of a Shopify theme print, by Shopify's own Liquid, of a shop that the app has written into."""

from __future__ import annotations

import json
from functools import cache

from plugin.documents.published_promises import published_promises
from plugin.domain.published import Audience
from plugin.usecases.plan_promises import country_entry, plan_countries, plan_products
from tests.drift.shop import COUNTRIES, Sold, Store
from tests.support.theme import HAS_LIQUID, Goods, Json, Page
from tests.support.theme import printed as printed_block
from tools.theme_locales import SHOPIFY

__all__ = ["HAS_LIQUID", "page_of", "printed_block"]
_LARGEST = 128 * 1024


def page_of(store: Store, sold: Sold, country: str, language: str) -> Page:
    """The product's page, and a cart with the product alone."""
    own, name = sold.product, SHOPIFY.get(language, language)
    family = own.parent_id or own.external_id
    variants = ("1", own.external_id) if own.parent_id else ("1",)
    goods = Goods(family, _on_products(store).get(family), variants, chosen=variants[-1])
    return Page(country, name, _for_all(store, name), goods, (goods,))


@cache
def _for_all(store: Store, language: str) -> dict[str, Json]:
    """By language and country, as the app writes them."""
    word, audience = published_promises(store.law, "https://aftercare.example"), Audience((language,), COUNTRIES)
    with store.units.read(store.shop.merchant) as unit:
        countries = list(plan_countries(store.shop, audience, unit, store.policy.effective_from))
    entries = [country_entry(each, language, word, _LARGEST) for each in countries]
    return {each.place.key: json.loads(each.value) for each in entries}


@cache
def _on_products(store: Store) -> dict[str, Json]:
    """By product."""
    with store.units.read(store.shop.merchant) as unit:
        entries = list(plan_products(store.shop, unit, _LARGEST, store.policy.effective_from))
    return {each.place.owner: json.loads(each.value) for each in entries}
