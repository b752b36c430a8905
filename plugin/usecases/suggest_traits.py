"""Suggest what the merchant's goods are, from the catalogues of its shops and what shoppers typed in of late."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plugin.domain.ids import MerchantId
from plugin.domain.policy.suggestions import Sold, Suggestion, suggestions
from plugin.domain.policy.traits import TraitRule
from plugin.domain.shop_events import Product
from plugin.ports.views import ProductRow, Views

_BATCH = 1_000
_LATEST_ORDERS = 500


def suggest_traits(decided: Sequence[TraitRule], *, merchant: MerchantId, views: Views) -> tuple[Suggestion, ...]:
    """What is suggested beside these rules; nothing for a shop whose catalogue nobody has seen."""
    properties = views.line_properties(merchant, _LATEST_ORDERS)
    return suggestions(_sold(merchant, views), properties, decided)


def _sold(merchant: MerchantId, views: Views) -> Iterator[Sold]:
    """Every product once. What is delivered of a product with variations, these say: all of them alike, or nobody."""
    products: dict[str, Sold] = {}
    delivered: dict[str, set[bool | None]] = {}
    for row in _rows(merchant, views):
        if row.product.parent_id is None:
            products.setdefault(row.product.external_id, _as_sold(row.product))
        else:
            delivered.setdefault(row.product.parent_id, set()).add(row.product.is_physical)
    for sold in products.values():
        said = delivered.get(sold.id, set())
        yield replace(sold, is_physical=next(iter(said))) if sold.is_physical is None and len(said) == 1 else sold


def _rows(merchant: MerchantId, views: Views) -> Iterator[ProductRow]:
    batch = views.products(merchant, None, _BATCH)
    while batch:
        yield from batch
        batch = views.products(merchant, batch[-1], _BATCH)


def _as_sold(product: Product) -> Sold:
    return Sold(
        id=product.external_id,
        title=product.title,
        categories=frozenset(product.categories),
        tags=frozenset(product.tags),
        collections=frozenset(product.collections),
        sku=product.sku,
        is_physical=product.is_physical,
        is_download=product.is_download,
    )
